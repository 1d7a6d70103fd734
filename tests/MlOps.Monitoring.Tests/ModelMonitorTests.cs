using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static MlOps.Monitoring.Tests.MonitorFixture;

namespace MlOps.Monitoring.Tests;

public sealed class ModelMonitorTests
{
    /// <summary>The log loss expected of a calibrated score uniform on 0.1 to 0.6: the mean of its entropy, by integration.</summary>
    private const double CalibratedLoss = 0.5996068;

    [Fact]
    public async Task Windows_without_change_alert_at_no_more_than_the_nominal_rate()
    {
        var fixture = new MonitorFixture();
        await using var services = fixture.Build();
        await fixture.AddVersionAsync(services, 1, CalibratedLoss);
        var monitor = services.GetRequiredService<IModelMonitor>();
        var random = new Random(7);
        for (var day = 0; day < 200; day++)
        {
            await ServeAsync(monitor, Rows(random, Day.AddDays(day), 300, 1, "h"));
        }

        var windows = await monitor.JudgeAsync(Model, Day.AddDays(200), TestContext.Current.CancellationToken);
        Assert.Equal(200, windows.Count);
        Assert.InRange(windows.Count(window => window.Alerts.Any(alert => alert.Rule == "drift")), 0, 18);
        Assert.InRange(windows.Count(window => window.Alerts.Any(alert => alert.Rule == "performance")), 0, 18);
        Assert.InRange(windows.Average(window => window.Performance["log_loss"]), CalibratedLoss - 0.01, CalibratedLoss + 0.01);
    }

    [Fact]
    public async Task A_shift_alerts_on_drift_and_names_the_columns()
    {
        var fixture = new MonitorFixture();
        await using var services = fixture.Build(options => options.PerformanceRule = null);
        await fixture.AddVersionAsync(services, 1, CalibratedLoss);
        var monitor = services.GetRequiredService<IModelMonitor>();
        await ServeAsync(monitor, Rows(new Random(3), Day, 1000, 1, "s", shift: 0.2));
        var window = Assert.Single(await monitor.JudgeAsync(Model, Day.AddDays(1), TestContext.Current.CancellationToken));
        var alert = Assert.Single(window.Alerts);
        Assert.Equal("drift", alert.Rule);
        Assert.Contains("x:", alert.Message, StringComparison.Ordinal);
        Assert.Equal(["prediction", "x"], window.Columns.Where(column => column.HasDrift).Select(column => column.Column).Order());
        Assert.Equal(3, window.Columns.Count);
    }

    [Fact]
    public async Task Degraded_labels_alert_on_performance_and_the_cool_down_is_stated()
    {
        var fixture = new MonitorFixture();
        await using var services = fixture.Build(options => options.CoolDown = TimeSpan.FromDays(2));
        await fixture.AddVersionAsync(services, 1, CalibratedLoss);
        var monitor = services.GetRequiredService<IModelMonitor>();
        for (var day = 0; day < 3; day++)
        {
            await ServeAsync(monitor, Rows(new Random(day), Day.AddDays(day), 1000, 1, "d", flipLabels: true));
        }

        var windows = await monitor.JudgeAsync(Model, Day.AddDays(3), TestContext.Current.CancellationToken);
        Assert.Equal("performance", Assert.Single(windows[0].Alerts).Rule);
        Assert.Empty(windows[1].Alerts);
        Assert.Contains("alert on performance held back", windows[1].Verdict, StringComparison.Ordinal);
        Assert.Single(windows[2].Alerts);
        var text = MonitoringReport.Create(Model, windows, [new MonitoringEvent(Day.AddDays(1), "v1 promoted")]).ToText();
        Assert.Contains("2 alerts in 2 windows", text, StringComparison.Ordinal);
        Assert.Contains("v1 promoted", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_waits_for_its_outcomes_and_is_judged_once()
    {
        var fixture = new MonitorFixture();
        await using var services = fixture.Build(options => options.OutcomeDelay = TimeSpan.FromDays(1));
        await fixture.AddVersionAsync(services, 1, CalibratedLoss);
        var monitor = services.GetRequiredService<IModelMonitor>();
        var rows = Rows(new Random(3), Day, 200, 1, "l");
        rows.ForEach(row => monitor.Record(row.Prediction));
        Assert.Empty(await monitor.JudgeAsync(Model, Day.AddDays(2).AddTicks(-1), TestContext.Current.CancellationToken));
        await monitor.RecordOutcomesAsync(Model, [.. rows.Select(row => row.Outcome)], TestContext.Current.CancellationToken);
        var window = Assert.Single(await monitor.JudgeAsync(Model, Day.AddDays(2), TestContext.Current.CancellationToken));
        Assert.Equal(200, window.Outcomes);
        Assert.Empty(await monitor.JudgeAsync(Model, Day.AddDays(2), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_instant_on_an_edge_belongs_to_the_later_window_and_an_empty_window_says_so()
    {
        var fixture = new MonitorFixture();
        await using var services = fixture.Build(options => options.Origin = Day.AddYears(1));
        await fixture.AddVersionAsync(services, 1, CalibratedLoss);
        var monitor = services.GetRequiredService<IModelMonitor>();
        var row = Rows(new Random(3), Day, 1, 1, "e")[0].Prediction;
        monitor.Record(row);
        monitor.Record(row with { Id = "edge", Timestamp = Day.AddDays(2) });
        var windows = await monitor.JudgeAsync(Model, Day.AddDays(3), TestContext.Current.CancellationToken);
        Assert.Equal([Day, Day.AddDays(1), Day.AddDays(2)], windows.Select(window => window.Start));
        Assert.Equal([1L, 0L, 1L], windows.Select(window => window.Predictions));
        Assert.Equal("No predictions.", windows[1].Verdict);
        Assert.Contains("Too few predictions of version 1", windows[0].Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_version_is_compared_with_its_own_baseline_within_a_window()
    {
        var fixture = new MonitorFixture();
        await using var services = fixture.Build();
        await fixture.AddVersionAsync(services, 1, CalibratedLoss);
        await fixture.AddVersionAsync(services, 2, CalibratedLoss);
        var monitor = services.GetRequiredService<IModelMonitor>();
        await ServeAsync(monitor, Rows(new Random(3), Day, 500, 1, "a"));
        await ServeAsync(monitor, Rows(new Random(4), Day, 500, 2, "b", shift: 0.2));
        var window = Assert.Single(await monitor.JudgeAsync(Model, Day.AddDays(1), TestContext.Current.CancellationToken));
        Assert.Equal([1, 2], window.ModelVersions);
        Assert.StartsWith("Version 2:", window.Columns.Single(column => column.Column == "x").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predictions_stored_before_a_crash_are_judged_by_the_next_monitor()
    {
        var fixture = new MonitorFixture();
        await using var services = fixture.Build();
        await fixture.AddVersionAsync(services, 1, CalibratedLoss);
        await services.GetRequiredService<IPredictionLog>().AppendAsync(
            [.. Rows(new Random(3), Day, 200, 1, "c").Select(row => row.Prediction)], TestContext.Current.CancellationToken);
        var windows = await services.GetRequiredService<IModelMonitor>().JudgeAsync(Model, Day.AddDays(1), TestContext.Current.CancellationToken);
        Assert.Equal(200, Assert.Single(windows).Predictions);
    }

    [Fact]
    public async Task A_version_without_a_baseline_says_how_to_add_one()
    {
        var fixture = new MonitorFixture();
        await using var services = fixture.Build();
        await fixture.AddVersionAsync(services, 1, CalibratedLoss, withBaseline: false);
        var monitor = services.GetRequiredService<IModelMonitor>();
        await ServeAsync(monitor, Rows(new Random(3), Day, 200, 1, "m"));
        var error = await Assert.ThrowsAsync<MlOpsException>(() => monitor.JudgeAsync(Model, Day.AddDays(1), TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.BaselineMissing, error.Code);
        Assert.Contains("'baseline.bin'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_the_buffer_is_lost_without_waiting_and_told()
    {
        var fixture = new MonitorFixture();
        var log = new BlockedLog();
        fixture.Services.AddSingleton<IPredictionLog>(log);
        fixture.AddMonitoring(options => options.Capacity = 10);
        await using var services = fixture.Build();
        await fixture.AddVersionAsync(services, 1, CalibratedLoss);
        var monitor = services.GetRequiredService<IModelMonitor>();
        var rows = Rows(new Random(3), Day, 100, 1, "o");
        rows.ForEach(row => monitor.Record(row.Prediction));
        log.Release();
        var window = Assert.Single(await monitor.JudgeAsync(Model, Day.AddDays(1), TestContext.Current.CancellationToken));
        Assert.InRange(window.Predictions, 10, 99);
        Assert.Contains($"{100 - window.Predictions} predictions were lost", window.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_with_the_reason()
    {
        using var services = new MonitorFixture().Build(options => options.PerformanceRule!.Metric = "auc");
        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptionsMonitor<ModelMonitorOptions>>().Get(Model));
        Assert.Contains("choose one of log_loss, brier", error.Message, StringComparison.Ordinal);
    }
}
