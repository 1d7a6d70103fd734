using System.Text.Json.Nodes;

namespace MlOps.Data.Tests.Profiles;

public sealed class ProfileFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    public async Task A_profile_reads_back_as_it_was_written_and_goes_on_merging(int rows)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "deep", "p.json");
        var data = DatasetTests.Numbered(rows);
        var profile = await data.ProfileAsync(new DataProfileOptions { Correlations = true }, Token);
        await profile.SaveAsync(path, Token);
        var read = await DataProfile.LoadAsync(path, cancellationToken: Token);
        Assert.Equal(profile.ToJson(), read.ToJson());
        Assert.Equal(profile.ToText(), read.ToText());
        Assert.Equal(profile.Correlations, read.Correlations);
        Assert.Equal(DataProfile.Merge(profile, profile).ToJson(), DataProfile.Merge(read, read).ToJson());
        Assert.True(new FileInfo(path).Length < 120_000, $"{new FileInfo(path).Length}");
        Assert.Equal(["p.json"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_profile_with_infinite_numbers_reads_back()
    {
        var profile = await Dataset.FromEnumerable("odd", Enumerable.Range(0, 9), c => c
            .Column("endless", i => i == 0 ? double.NegativeInfinity : i == 1 ? double.PositiveInfinity : i)).ProfileAsync(
                cancellationToken: Token);
        var read = DataProfile.FromJson(profile.ToJson());
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (read["endless"].Minimum, read["endless"].Maximum));
        Assert.Equal(double.NaN, read["endless"].Mean);
    }

    [Fact]
    public async Task A_newer_profile_is_refused_and_a_damaged_one_named()
    {
        var profile = await DatasetTests.Numbered(100).ProfileAsync(cancellationToken: Token);
        AssertRefused(root => root["format"] = 2, ErrorCodes.InvalidConfiguration, "newer than 1");
        AssertRefused(root => root["tables"] = 1, ErrorCodes.FileCorrupt, "tables");
        AssertRefused(root => root["row_count"] = 101, ErrorCodes.FileCorrupt, "'n'");
        AssertRefused(root => root["columns"]![0]!["type"] = "integer", ErrorCodes.FileCorrupt, "integer");
        AssertRefused(root => root["columns"]![0]!["type"] = "text", ErrorCodes.FileCorrupt, "'n'");
        AssertRefused(root => root["columns"]![1]!["name"] = "n", ErrorCodes.FileCorrupt, "same name");
        AssertRefused(root => root["columns"]![0]!["number"]!["quantiles"] = "AAAA", ErrorCodes.FileCorrupt, "KLL");
        AssertRefused(root => root["columns"]![4]!["time"]!["bin_shift"] = 60, ErrorCodes.FileCorrupt, "'at'");
        Assert.Equal(ErrorCodes.FileCorrupt, Assert.Throws<MlOpsException>(() => DataProfile.FromJson("null")).Code);
        Assert.Equal(ErrorCodes.FileNotFound,
            (await Assert.ThrowsAsync<MlOpsException>(() => DataProfile.LoadAsync("nowhere.json", cancellationToken: Token))).Code);

        void AssertRefused(Action<JsonObject> change, string code, string message)
        {
            var root = JsonNode.Parse(profile.ToJson())!.AsObject();
            change(root);
            var error = Assert.Throws<MlOpsException>(() => DataProfile.FromJson(root.ToJsonString()));
            Assert.Equal(code, error.Code);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Changed_bytes_of_a_profile_never_give_another_fault_than_the_stated_ones()
    {
        var text = (await DatasetTests.Numbered(50).ProfileAsync(cancellationToken: Token)).ToJson();
        var random = new Random(4);
        for (var i = 0; i < 2_000; i++)
        {
            var characters = text.ToCharArray();
            for (var change = 0; change <= random.Next(3); change++)
            {
                characters[random.Next(characters.Length)] = (char)random.Next(32, 127);
            }

            var changed = new string(characters)[..(i % 5 == 0 ? random.Next(text.Length) : text.Length)];
            try
            {
                _ = DataProfile.FromJson(changed).ToText();
            }
            catch (MlOpsException error)
            {
                Assert.Contains(error.Code, new[] { ErrorCodes.FileCorrupt, ErrorCodes.InvalidConfiguration });
            }
        }
    }
}
