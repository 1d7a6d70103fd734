using Microsoft.Extensions.Time.Testing;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class ProgressTests
{
    private readonly InMemoryRunStore _runs = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<IRun> StartAsync() =>
        new ExperimentTracker(_runs, _runs, new InMemoryBlobStore()).StartRunAsync("progress", new RunOptions { Name = "p" }, Token);

    [Fact]
    public async Task Even_work_is_foretold_exactly_and_recorded_once_a_second()
    {
        await using var run = await StartAsync();
        var progress = run.Progress(100, time: _time);
        Assert.Null(progress.Remaining);
        for (var i = 0; i < 40; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.25));
            progress.Advance();
        }

        Assert.Equal(40, progress.Done);
        Assert.Equal(15, progress.Remaining!.Value.TotalSeconds, 1e-6);
        await run.FlushAsync(Token);
        var points = await _runs.ReadHistoryAsync(run.Info.Id, "progress_percentage", cancellationToken: Token);
        Assert.Equal([4L, 8, 12, 16, 20, 24, 28, 32, 36, 40], points.Select(point => point.Step));
        Assert.Equal(40, points[^1].Value);
        Assert.Equal(15, (await _runs.ReadHistoryAsync(run.Info.Id, "progress_remaining_seconds", cancellationToken: Token))[^1].Value, 1e-6);

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(12, progress.Remaining!.Value.TotalSeconds, 1e-6);
    }

    [Fact]
    public async Task A_slow_start_is_forgotten()
    {
        await using var run = await StartAsync();
        var progress = run.Progress(1000, time: _time);
        _time.Advance(TimeSpan.FromSeconds(100));
        progress.Advance();
        for (var i = 0; i < 60; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            progress.Advance(10);
        }

        Assert.InRange(progress.Remaining!.Value.TotalSeconds, 38, 45);
    }

    [Fact]
    public async Task The_end_is_recorded_and_the_console_told_if_asked()
    {
        await using var run = await StartAsync();
        using var console = new StringWriter();
        var progress = run.Progress(4, console, _time);
        progress.Report(2);
        Assert.Empty(console.ToString());
        _time.Advance(TimeSpan.FromSeconds(90));
        progress.Report(2);
        progress.Report(9);

        Assert.Equal(
            [$"p: 2/4 (50 %) after 00:01:30, 00:01:30 left", $"p: 4/4 (100 %) after 00:01:30, done"],
            console.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(TimeSpan.Zero, progress.Remaining);
        await run.FlushAsync(Token);
        Assert.Equal([50.0, 100.0], (await _runs.ReadHistoryAsync(run.Info.Id, "progress_percentage", cancellationToken: Token)).Select(point => point.Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Progress(0));
    }
}
