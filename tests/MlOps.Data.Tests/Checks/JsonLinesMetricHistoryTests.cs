using MlOps.Conformance;

namespace MlOps.Data.Tests.Checks;

public sealed class JsonLinesMetricHistoryTests : MetricHistoryConformance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly List<JsonLinesMetricHistory> _made = [];

    private string FilePath => Path.Combine(_folder, "deep", "history.jsonl");

    [Fact]
    public async Task A_line_cut_off_by_a_crash_is_passed_over_and_a_damaged_one_is_named()
    {
        var token = TestContext.Current.CancellationToken;
        var history = await CreateAsync();
        var point = new MetricHistoryPoint { Series = "größe", Time = DateTimeOffset.UnixEpoch, Value = 1.5, Reference = "flights@3" };
        await history.AppendAsync([point], token);
        Assert.Equal("{\"series\":\"größe\",\"time\":\"1970-01-01T00:00:00+00:00\",\"value\":1.5,\"reference\":\"flights@3\"}\n", await File.ReadAllTextAsync(FilePath, token));
        await File.AppendAllTextAsync(FilePath, "{\"series\":\"größe\",\"ti", token);
        Assert.Equal([point], await history.ReadAsync("größe", 9, token));
        await history.AppendAsync([point with { Value = 2 }], token);
        Assert.Equal([1.5, 2], (await history.ReadAsync("größe", 9, token)).Select(read => read.Value));
        await File.AppendAllTextAsync(FilePath, "\noops\n", token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => history.ReadAsync("größe", 9, token));
        Assert.Equal(ErrorCodes.FileCorrupt, error.Code);
        Assert.Contains("Line 4", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _made.ForEach(history => history.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    protected override Task<IMetricHistory> CreateAsync()
    {
        _made.Add(new JsonLinesMetricHistory(FilePath));
        return Task.FromResult<IMetricHistory>(_made[^1]);
    }
}
