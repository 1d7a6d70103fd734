using MlOps.Data;
using MlOps.Storage;

namespace MlOps.Conformance;

/// <summary>What every data version store promises.</summary>
public abstract class DataVersionStoreConformance
{
    private static readonly DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    protected abstract Task<IDataVersionStore> CreateAsync();

    [Fact]
    public async Task Concurrent_adders_get_consecutive_numbers_and_equal_content_one_version()
    {
        var store = await CreateAsync();
        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => store.AddAsync(Version("d", $"{i / 2}")))));

        Assert.Equal(Enumerable.Range(1, 8), added.Select(version => version.Number).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 8).Reverse(), (await store.ListAsync("d")).Select(version => version.Number));
    }

    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public async Task A_version_is_found_by_number_or_as_the_latest(string text)
    {
        var store = await CreateAsync();
        await store.AddAsync(Version(text, "1"));
        await store.AddAsync(Version(text, "2") with { Message = text, RowCount = 5 });

        var latest = (await store.FindAsync(text))!;
        Assert.Equal((text, 2, text, 5), (latest.Name, latest.Number, latest.Message, latest.RowCount));
        Assert.Equal(Version(text, "2").Files, latest.Files);
        Assert.Equal(ContentHash.Of("1"u8), (await store.FindAsync(text, 1))!.Hash);
        Assert.Null(await store.FindAsync(text, 3));
        Assert.Null(await store.FindAsync("other"));
    }

    private static DataVersion Version(string name, string content)
    {
        var hash = ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(content));
        return new() { Name = name, Number = 0, Hash = hash, Files = [new StoredFile { Path = "a", Hash = hash, Length = 1 }], CreatedAt = _now };
    }
}
