using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MlOps.Data;
using MlOps.Tracking;

namespace MlOps.Tests;

public sealed class TelemetryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-telemetry-");
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = new();

    public TelemetryTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("MlOps.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_run_tells_what_the_store_confirmed_and_how_long_it_took()
    {
        await using var workspace = Workspace.Open(_folder.FullName);
        await using (var run = await workspace.Tracking.StartRunAsync("measured", cancellationToken: Token))
        {
            for (var step = 0; step < 1000; step++)
            {
                run.LogMetric("loss", 1.0 / (step + 1), step);
            }
        }

        _listener.RecordObservableInstruments();

        // Other tests of this process may write meanwhile.
        Assert.True(_measured.Where(item => item.Name == "mlops.tracking.events").Sum(item => item.Value) >= 1000);
        Assert.Contains(_measured, item => item is { Name: "mlops.tracking.flush_duration", Value: > 0, Tags: "mlops.outcome=written" });
        Assert.Contains(_measured, item => item.Name == "mlops.tracking.queue_length");
    }

    [Fact]
    public async Task A_suite_of_checks_tells_how_many_passed()
    {
        var rows = Dataset.FromEnumerable("rows", Enumerable.Range(0, 100), columns => columns.Column("n", n => (double)n));
        var checks = DataChecks.Define("telemetry", suite => suite
            .Column("n", column => column.NotNull())
            .Column("n", column => column.InRange(0, 50)));

        await checks.RunAsync(rows, Token);

        Assert.Contains(("mlops.data.checks", 1.0, "mlops.suite=telemetry,mlops.outcome=passed"), _measured);
        Assert.Contains(("mlops.data.checks", 1.0, "mlops.suite=telemetry,mlops.outcome=failed"), _measured);
        Assert.Contains(_measured, item => item is { Name: "mlops.data.check_duration", Tags: "mlops.suite=telemetry,mlops.outcome=failed" });
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
}
