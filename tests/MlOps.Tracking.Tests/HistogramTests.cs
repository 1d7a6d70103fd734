using System.Text.Json;
using FsCheck.Xunit;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class HistogramTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Property(MaxTest = 300)]
    public void Two_histograms_add_up_to_the_one_of_all_values(double[] left, double[] right)
    {
        var (one, other) = (ExponentialHistogram.Of(left), ExponentialHistogram.Of(right));
        var all = ExponentialHistogram.Of([.. left, .. right]);
        Assert.Equal(Text(all), Text(one.Merge(other)));
        Assert.Equal(Text(all), Text(other.Merge(one)));
    }

    [Property(MaxTest = 300)]
    public void Every_value_is_counted_between_its_bounds(double[] values)
    {
        var histogram = ExponentialHistogram.Of(values);
        var bars = histogram.ToBars();
        var finite = values.Where(double.IsFinite).ToArray();
        Assert.Equal(finite.Length, bars.Sum(bar => bar.Count));
        Assert.Equal(values.Length, histogram.Count + histogram.NaNCount + histogram.PositiveInfinityCount + histogram.NegativeInfinityCount);
        Assert.InRange(histogram.Positive.Counts.Count, 0, ExponentialHistogram.MaximumBuckets);
        Assert.InRange(histogram.Negative.Counts.Count, 0, ExponentialHistogram.MaximumBuckets);
        Assert.All(finite, value => Assert.Contains(bars, bar => IsIn(value, bar)));

        // A bound is a power, rounded: a value that lies on it may seem to lie beside it.
        static bool IsIn(double value, HistogramBar bar) =>
            value >= bar.Lower - (1e-9 * Math.Abs(bar.Lower)) && value <= bar.Upper + (1e-9 * Math.Abs(bar.Upper));
    }

    [Fact]
    public void The_extremes_of_doubles_are_counted()
    {
        double[] values =
        [
            double.Epsilon, double.MaxValue, -double.Epsilon, -double.MaxValue, 0, -0.0, 1,
            double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        ];
        var histogram = ExponentialHistogram.Of(values);
        Assert.Equal((7L, 2L, 1L), (histogram.Count, histogram.ZeroCount, histogram.NaNCount));
        Assert.Equal((1L, 1L), (histogram.PositiveInfinityCount, histogram.NegativeInfinityCount));
        Assert.Equal((-double.MaxValue, double.MaxValue), (histogram.Minimum, histogram.Maximum));
        Assert.Equal(7, histogram.ToBars().Sum(bar => bar.Count));
        Assert.Equal("0 values from NaN to NaN, mean NaN", ExponentialHistogram.Of([]).ToString());
    }

    [Fact]
    public void Magnitudes_within_a_factor_of_five_are_told_apart_by_one_in_a_hundred()
    {
        var histogram = ExponentialHistogram.Of([.. Enumerable.Range(0, 1000).Select(i => 1 + (i / 250.0))]);
        Assert.All(histogram.ToBars(), bar => Assert.InRange(bar.Upper / bar.Lower, 1.0, 1.011));
    }

    [Fact]
    public async Task Histograms_of_a_run_come_back_by_step()
    {
        var runs = new InMemoryRunStore();
        var tracker = new ExperimentTracker(runs, runs, new InMemoryBlobStore());
        await using var run = await tracker.StartRunAsync("histograms", cancellationToken: Token);
        double[] weights = [-1, 0, 0.5, double.NaN];
        await run.LogHistogramAsync("weights/layer 1", weights, 10, Token);
        await run.LogHistogramAsync("weights/layer 1", [1.0, 2.0], 9, Token);
        await run.LogHistogramAsync("weights/layer 1/bias", [3.0], 1, Token);

        var points = await tracker.ReadHistogramsAsync(run.Info.Id, "weights/layer 1", Token);
        Assert.Equal([9L, 10L], points.Select(point => point.Step));
        Assert.Equal(Text(ExponentialHistogram.Of(weights)), Text(points[1].Histogram));
        Assert.Empty(await tracker.ReadHistogramsAsync(run.Info.Id, "none", Token));
        await Assert.ThrowsAsync<MlOpsException>(() => run.LogHistogramAsync("../x", [1.0], 0, Token));

        await run.LogTextAsync("histograms/bad/1.json", "[]", Token);
        Assert.Equal(
            ErrorCodes.FileCorrupt,
            (await Assert.ThrowsAsync<MlOpsException>(() => tracker.ReadHistogramsAsync(run.Info.Id, "bad", Token))).Code);
    }

    // The sum depends on the order of adding.
    private static string Text(ExponentialHistogram histogram) =>
        JsonSerializer.Serialize(histogram with { Sum = 0 }, HistogramJson.Default.ExponentialHistogram);
}
