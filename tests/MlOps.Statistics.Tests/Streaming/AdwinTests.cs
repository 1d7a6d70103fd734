using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Streaming;

public sealed class AdwinTests
{
    [Theory]
    [InlineData(0.002, 32, 5, 5, 10, 0.0, 1)]
    [InlineData(0.05, 1, 5, 5, 10, 0.0, 2)]
    [InlineData(0.2, 7, 2, 1, 1, 1e6, 3)]
    [InlineData(0.01, 16, 9, 20, 64, -3.5, 4)]
    public void Each_answer_is_that_of_a_search_over_all_boundaries_of_stored_values(
        double delta, int clock, int maxBuckets, int minWindow, int gracePeriod, double offset, ulong seed)
    {
        var detector = new Adwin(delta, clock, maxBuckets, minWindow, gracePeriod);
        var oracle = new AdwinOracle(delta, clock, maxBuckets, minWindow, gracePeriod);
        var drifts = 0;
        foreach (var value in Detectors.Steps(seed, 3_000, 500))
        {
            var state = detector.Update(offset + value);
            Assert.Equal(oracle.Update(offset + value), state == DetectorState.Drift);
            Assert.Equal(oracle.Values.Count, detector.Width);
            Assert.Equal(oracle.Values.Average(), detector.Mean, 1e-9 * (1 + Math.Abs(offset)));
            drifts += state == DetectorState.Drift ? 1 : 0;
        }

        Assert.InRange(drifts, 5, 3_000);
        Assert.Equal(AdwinOracle.Variance(oracle.Values), detector.Variance, 1e-7);
    }

    [Property(MaxTest = 100)]
    public void Few_distinct_values_give_the_same_answers_as_the_search(byte[] values)
    {
        var detector = new Adwin(0.3, 1, 2, 1, 1);
        var oracle = new AdwinOracle(0.3, 1, 2, 1, 1);
        foreach (var value in values)
        {
            Assert.Equal(oracle.Update(value / 64), detector.Update(value / 64) == DetectorState.Drift);
        }
    }

    [Fact]
    public void A_million_values_of_one_mean_stay_in_the_window()
    {
        var detector = new Adwin();
        var draws = new Draws(12);
        for (var i = 0; i < 1_000_000; i++)
        {
            detector.Update(draws.Uniform());
        }

        Assert.InRange(detector.Width, 500_000, 1_000_000);
        Assert.Equal(1 / 12.0, detector.Variance, 0.001);
        Assert.InRange(detector.ToArray().Length, 100, 2_500);
    }

    [Fact]
    public void The_window_that_is_left_holds_the_new_stream()
    {
        var detector = new Adwin();
        foreach (var value in Enumerable.Range(0, 4_000).Select(i => i < 2_000 ? 0.0 : 1.0))
        {
            detector.Update(value);
        }

        Assert.InRange(detector.Width, 1_900, 2_100);
        Assert.Equal(1, detector.Mean, 0.01);
        Assert.True(double.IsNaN(new Adwin().Mean));
    }
}
