using Microsoft.Extensions.DependencyInjection;
using MlOps.Monitoring;
using MlOps.Tracking;

namespace MlOps.Sqlite.Tests;

public sealed class SqliteCrashTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    public async Task Every_confirmed_batch_of_a_killed_process_is_found_and_no_half_batch(int afterBatch)
    {
        var confirmed = await KilledWriter.RunAndKillAsync(_database.DatabasePath, afterBatch, TestContext.Current.CancellationToken);

        Assert.True(confirmed >= afterBatch, $"The writer ended on its own after batch {confirmed}.");
        var points = await _database.Services.GetRequiredService<IRunReader>()
            .ReadHistoryAsync(KilledWriter.Run, "loss", cancellationToken: TestContext.Current.CancellationToken);
        var predictions = await _database.Services.GetRequiredService<IPredictionLog>().ReadAsync(
            KilledWriter.Model, KilledWriter.Start, KilledWriter.Start.AddDays(1), TestContext.Current.CancellationToken);
        AssertWhole(confirmed, [.. points.Select(point => point.Value)]);
        AssertWhole(confirmed, [.. predictions.Select(prediction => prediction.Score)]);
    }

    private static void AssertWhole(int confirmed, List<double> values)
    {
        Assert.True(values.Count >= (confirmed + 1) * KilledWriter.BatchSize, $"{values.Count} values after {confirmed + 1} confirmed batches.");
        Assert.Equal(0, values.Count % KilledWriter.BatchSize);
        Assert.Equal(Enumerable.Range(0, values.Count).Select(i => (double)i), values);
    }
}
