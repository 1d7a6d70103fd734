using MlOps.Storage;
using MlOps.Testing;

namespace MlOps.Data.Tests;

public sealed class DataVersionsTests
{
    private readonly DamagingBlobStore _blobs = new();
    private readonly InMemoryDataVersionStore _store = new();
    private readonly DataVersions _versions;

    public DataVersionsTests()
    {
        _versions = new DataVersions(_store, _blobs, [new Sources.ArrowDatasetFormat(), new Sources.Csv.CsvDatasetFormat()], TimeProvider.System);
    }

    [Fact]
    public async Task Equal_content_is_the_same_version_however_it_is_cut_into_batches()
    {
        var token = TestContext.Current.CancellationToken;
        var first = await _versions.AddAsync("numbers", DatasetTests.Numbered(100), cancellationToken: token);
        var again = await _versions.AddAsync("numbers", DatasetTests.Numbered(40).Concat(DatasetTests.Numbered(100).Where(row => row.Number("n") >= 40, "n")), cancellationToken: token);
        var more = await _versions.AddAsync("numbers", DatasetTests.Numbered(101), cancellationToken: token);
        Assert.Equal((true, 1, 100L), (first.IsNew, first.Version.Number, first.Version.RowCount));
        Assert.Equal((false, 1, first.Version.Hash), (again.IsNew, again.Version.Number, again.Version.Hash));
        Assert.Equal((true, 2), (more.IsNew, more.Version.Number));
        Assert.Equal(101, await (await _versions.OpenAsync("numbers", token)).CountAsync(token));
        Assert.Equal(100, await (await _versions.OpenAsync("numbers@1", token)).CountAsync(token));
    }

    [Fact]
    public async Task Files_and_folders_are_kept_byte_for_byte_and_checked_out_again_without_overwriting()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory().FullName;
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        await File.WriteAllTextAsync(Path.Combine(folder, "a.csv"), "n\n1\n2\n", token);
        await File.WriteAllTextAsync(Path.Combine(folder, "sub", "b.csv"), "n\n3\n", token);
        var one = await _versions.AddFilesAsync("one", Path.Combine(folder, "a.csv"), cancellationToken: token);
        var all = await _versions.AddFilesAsync("all", folder, cancellationToken: token);
        Assert.Equal(["a.csv"], one.Version.Files.Select(file => file.Path));
        Assert.Equal(["a.csv", "sub/b.csv"], all.Version.Files.Select(file => file.Path));
        var numbers = await (await _versions.OpenAsync("all", token)).ReadNumbersAsync("n", token);
        Assert.Equal([1.0, 2, 3], numbers);
        var target = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(target, "a.csv"), "mine", token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => _versions.CheckoutAsync("all", target, cancellationToken: token));
        Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
        Assert.False(File.Exists(Path.Combine(target, "sub", "b.csv")));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(target, "a.csv"), token));
        await _versions.CheckoutAsync("all", target, overwrite: true, token);
        Assert.Equal("n\n3\n", await File.ReadAllTextAsync(Path.Combine(target, "sub", "b.csv"), token));
    }

    [Fact]
    public async Task What_is_not_there_is_named_and_adds_nothing()
    {
        var token = TestContext.Current.CancellationToken;
        await _versions.AddAsync("numbers", DatasetTests.Numbered(1), cancellationToken: token);
        var unknown = await Assert.ThrowsAsync<MlOpsException>(() => _versions.OpenAsync("number", token));
        Assert.Equal(ErrorCodes.DataVersionNotFound, unknown.Code);
        Assert.Contains("'numbers'", unknown.Message, StringComparison.Ordinal);
        var number = await Assert.ThrowsAsync<MlOpsException>(() => _versions.OpenAsync("numbers@7", token));
        Assert.Contains("numbers@1", number.Message, StringComparison.Ordinal);
        var missing = await Assert.ThrowsAsync<MlOpsException>(() => _versions.AddFilesAsync("files", "no/such/file.csv", cancellationToken: token));
        Assert.Equal(ErrorCodes.FileNotFound, missing.Code);
        Assert.Single(await _versions.ListAsync(cancellationToken: token));
    }

    [Fact]
    public async Task Verifying_finds_damaged_and_lost_bytes()
    {
        var token = TestContext.Current.CancellationToken;
        var added = await _versions.AddAsync("numbers", DatasetTests.Numbered(10), cancellationToken: token);
        Assert.True((await _versions.VerifyAsync("numbers", token)).Passed);
        _blobs.IsDamaging = true;
        Assert.Contains("other bytes", Assert.Single((await _versions.VerifyAsync("numbers", token)).Problems), StringComparison.Ordinal);
        _blobs.IsDamaging = false;
        await _blobs.DeleteAsync(added.Version.Files[0].Hash, token);
        Assert.False((await _versions.VerifyAsync("numbers", token)).Passed);
    }

    /// <summary>Hands out other bytes than it was given, when told to.</summary>
    private sealed class DamagingBlobStore : IBlobStore
    {
        private readonly InMemoryBlobStore _inner = new();

        public bool IsDamaging { get; set; }

        public Task<BlobInfo> PutAsync(Stream content, CancellationToken cancellationToken = default) => _inner.PutAsync(content, cancellationToken);

        public async Task<Stream> OpenReadAsync(ContentHash hash, CancellationToken cancellationToken = default) =>
            IsDamaging ? new MemoryStream([1, 2, 3]) : await _inner.OpenReadAsync(hash, cancellationToken);

        public Task<bool> ExistsAsync(ContentHash hash, CancellationToken cancellationToken = default) => _inner.ExistsAsync(hash, cancellationToken);

        public IAsyncEnumerable<BlobInfo> ListAsync(CancellationToken cancellationToken = default) => _inner.ListAsync(cancellationToken);

        public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken = default) => _inner.DeleteAsync(hash, cancellationToken);
    }
}
