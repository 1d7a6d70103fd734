using MlOps.Monitoring;

namespace MlOps.Conformance;

/// <summary>What every monitor store promises.</summary>
public abstract class MonitorStoreConformance
{
    private static readonly DateTimeOffset _start = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    protected abstract Task<IMonitorStore> CreateAsync();

    [Fact]
    public async Task A_window_replaces_its_earlier_judgement_and_windows_are_listed_by_start()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Window(2, "b"));
        await store.SaveAsync(Window(1, "a"));
        await store.SaveAsync(Window(2, "c"));

        var windows = await store.ListAsync("m");
        Assert.Equal(["a", "c"], windows.Select(window => window.Verdict));
        Assert.True(windows[0].HasDrift);
        Assert.True(double.IsNaN(windows[0].Performance["log_loss"]));
        Assert.Equal(new MonitorAlert("drift", "m"), Assert.Single(windows[0].Alerts));
        Assert.Empty(await store.ListAsync("other"));
    }

    private static MonitoringWindow Window(int day, string verdict) => new()
    {
        Model = "m",
        Start = _start.AddDays(day),
        End = _start.AddDays(day + 1),
        ModelVersions = [1, 2],
        Predictions = 3,
        Outcomes = 2,
        Columns = [new ColumnFinding { Column = "x", Test = "KS", AdjustedPValue = 0.01, Effect = 0.5, HasDrift = true, Reason = "r" }],
        Performance = new Dictionary<string, double> { ["log_loss"] = double.NaN },
        Alerts = [new MonitorAlert("drift", "m")],
        Verdict = verdict,
    };
}
