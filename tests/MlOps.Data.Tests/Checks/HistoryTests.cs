using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using MlOps.Testing;

namespace MlOps.Data.Tests.Checks;

public sealed class HistoryTests
{
    private readonly InMemoryMetricHistory _history = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_metric_is_judged_by_its_last_runs_and_the_bounds_are_shown()
    {
        var checks = DataChecks.Define("flights", c => c.Column("n", n => n.Mean().WithinHistory(HistoryStrategy.StandardDeviations())));
        double[] means = [10, 12, 11, 9, 10];
        for (var run = 0; run < means.Length; run++)
        {
            var early = await RunAsync(checks, means[run]);
            Assert.True(early.Passed);
            Assert.Equal($"mean {means[run]}, nothing to expect yet: {run} of 5 runs", early.Results[0].Observed);
            Assert.Null(early.Results[0].Expected);
        }

        // Mean 10.4, standard deviation √1.3.
        var right = await RunAsync(checks, 13);
        Assert.Equal("mean 13, expected 6.97947 to 13.8205 from 5 runs", Assert.Single(right.Results).Observed);
        Assert.Equal("mean, within 3 standard deviations of the last runs", right.Results[0].Name);
        Assert.True(right.Passed);
        var wrong = await RunAsync(checks, 20);
        Assert.False(wrong.Passed);
        Assert.Equal(6, wrong.Results[0].Expected!.Runs);
        Assert.Contains("\"expected\"", wrong.ToJson(), StringComparison.Ordinal);
        var points = await _history.ReadAsync("flights: mean of n", 100, Token);
        Assert.Equal([.. means, 13], points.Select(point => point.Value));
        Assert.Equal(_time.Start.AddDays(1), points[0].Time);
    }

    [Property(MaxTest = 100)]
    public async Task Strategies_allow_what_their_words_say(int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, random.Next(2, 60)).Select(_ => (random.NextDouble() * 10) - 5)];
        var next = (random.NextDouble() * 14) - 7;
        var (down, up, count, runs) = (random.NextDouble(), random.NextDouble(), 0.1 + random.NextDouble(), random.Next(2, 80));
        var history = new InMemoryMetricHistory();
        await history.AppendAsync([.. values.Select((value, i) => new MetricHistoryPoint { Series = "c: sum of n", Time = DateTimeOffset.UnixEpoch.AddDays(i), Value = value })]);
        var checks = DataChecks.Define("c", c => c.Column("n", n => n
            .Sum().WithinHistory(HistoryStrategy.RelativeChange(down, up))
            .Sum().WithinHistory(HistoryStrategy.StandardDeviations(count) with { Runs = runs, MinimumRuns = 2 })));
        var report = await checks.RunAsync(HeldRows.Of(("n", [next])), new CheckOptions { History = history });
        var last = values[^1];
        Assert.Equal(next >= last - (down * Math.Abs(last)) && next <= last + (up * Math.Abs(last)), report.Results[0].Passed);
        double[] seen = [.. values.TakeLast(runs)];
        var mean = seen.Average();
        var deviation = Math.Sqrt(seen.Sum(value => Math.Pow(value - mean, 2)) / (seen.Length - 1));
        Assert.Equal(Math.Abs(next - mean) <= count * deviation, report.Results[1].Passed);
        Assert.Equal(mean - (count * deviation), report.Results[1].Expected!.Min, 1e-6);
        Assert.Equal(mean + (count * deviation), report.Results[1].Expected!.Max, 1e-6);

        // One series, one point, and only when both checks passed.
        Assert.Equal(values.Length + (report.Passed ? 1 : 0), (await history.ReadAsync("c: sum of n", 1000)).Count);
    }

    [Fact]
    public async Task A_fault_is_not_learnt_unless_it_is_said_to_be_right()
    {
        var checks = DataChecks.Define("c", c => c.RowCount().WithinHistory(HistoryStrategy.RelativeChange(0.5)));
        Assert.True((await RunAsync(checks, 1)).Passed);
        Assert.False((await RunAsync(checks, 1, 2)).Passed);
        Assert.False((await RunAsync(checks, 1, 2)).Passed);
        Assert.False((await RunAsync(checks, HistoryAppend.Always, 1, 2)).Passed);
        Assert.True((await RunAsync(checks, HistoryAppend.Never, 1, 2)).Passed);
        Assert.Equal([1.0, 2], (await _history.ReadAsync("c: row count", 9, Token)).Select(point => point.Value));
        Assert.Equal(["flights@1", "flights@4"], (await _history.ReadAsync("c: row count", 9, Token)).Select(point => point.Reference));
    }

    [Fact]
    public async Task Limits_hold_beside_the_history_and_a_history_can_be_required()
    {
        var checks = DataChecks.Define("c", c => c
            .Column("n", n => n.Mean(max: 5).WithinHistory(HistoryStrategy.RelativeChange(9)))
            .RowCount().WithinHistory(HistoryStrategy.RelativeChange(1) with { IsRequired = true }));
        var first = await RunAsync(checks, 4);
        Assert.Equal([true, false], first.Results.Select(result => result.Passed));
        Assert.Equal("1 rows, nothing to expect yet: 0 of 1 runs", first.Results[1].Observed);
        Assert.Equal([false, false], (await RunAsync(checks, 6)).Results.Select(result => result.Passed));
        Assert.Equal([4.0], (await _history.ReadAsync("c: mean of n", 9, Token)).Select(point => point.Value));
        var nothing = await checks.RunAsync(HeldRows.Of(("n", [null])), Options(HistoryAppend.WhenPassed), Token);
        Assert.Equal("no mean: too few values", nothing.Results[0].Observed);
    }

    [Fact]
    public async Task Segments_and_conditions_have_histories_of_their_own()
    {
        var data = HeldRows.Of(("n", [1.0, 3.0, 5.0]), ("s", ["a", "b", null]));
        var checks = DataChecks.Define("c", c => c
            .Column("n", n => n.Mean().WithinHistory(HistoryStrategy.RelativeChange(0.1)).ForEach("s"))
            .RowCount().When("n > 1").WithinHistory(HistoryStrategy.RelativeChange(0.1)));
        Assert.True((await checks.RunAsync(data, Options(HistoryAppend.WhenPassed) with { HistoryName = "north" }, Token)).Passed);
        foreach (var (series, value) in ((string, double)[])
        [
            ("north: mean of n, s = a", 1), ("north: mean of n, s = b", 3), ("north: mean of n, s is missing", 5), ("north: row count, when n > 1", 2),
        ])
        {
            Assert.Equal(value, Assert.Single(await _history.ReadAsync(series, 9, Token)).Value);
        }
    }

    [Fact]
    public async Task What_has_no_history_says_so()
    {
        var strategy = HistoryStrategy.RelativeChange(0.1);
        var checks = DataChecks.Define("c", c => c.RowCount().WithinHistory(strategy));
        var report = await checks.RunAsync(HeldRows.Of(("n", [1.0])), Token);
        Assert.Equal("no history is kept: give the options of the run a History", Assert.Single(report.Failures).Observed);
        Assert.Throws<InvalidOperationException>(() => DataChecks.Define("c", c => c.Column("n", n => n.NotNull().WithinHistory(strategy))));
        Assert.Throws<InvalidOperationException>(() => DataChecks.Define("c", c => c.WithinHistory(strategy)));
        Assert.Throws<ArgumentOutOfRangeException>(() => HistoryStrategy.RelativeChange(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => HistoryStrategy.StandardDeviations(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => HistoryStrategy.HoltWinters(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => strategy with { Runs = 0 });
    }

    [Fact]
    public async Task A_weekly_metric_is_judged_by_its_day()
    {
        var checks = DataChecks.Define("c", c => c.RowCount().WithinHistory(HistoryStrategy.HoltWinters(7)));
        await _history.AppendAsync(
            [.. Enumerable.Range(0, 42).Select(day => new MetricHistoryPoint { Series = "c: row count", Time = DateTimeOffset.UnixEpoch.AddDays(day), Value = (day % 7 == 6 ? 2 : 9) + (day % 5 / 4.0) })],
            Token);
        Assert.False((await RunAsync(checks, 1, 2)).Passed);
        Assert.True((await RunAsync(checks, [.. Enumerable.Repeat(1.0, 9)])).Passed);
    }

    private Task<CheckReport> RunAsync(DataChecks checks, params double[] numbers) => RunAsync(checks, HistoryAppend.WhenPassed, numbers);

    private Task<CheckReport> RunAsync(DataChecks checks, HistoryAppend append, params double[] numbers)
    {
        _time.Advance(TimeSpan.FromDays(1));
        return checks.RunAsync(HeldRows.Of(("n", numbers.Select(number => (object?)number))), Options(append), Token);
    }

    private CheckOptions Options(HistoryAppend append) => new()
    {
        History = _history,
        HistoryAppend = append,
        TimeProvider = _time,
        DataReference = $"flights@{(_time.GetUtcNow() - _time.Start).Days}",
    };
}
