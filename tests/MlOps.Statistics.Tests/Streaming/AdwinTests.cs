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
        var oracle = new Oracle(delta, clock, maxBuckets, minWindow, gracePeriod);
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
        Assert.Equal(Oracle.Variance(oracle.Values), detector.Variance, 1e-7);
    }

    [Property(MaxTest = 100)]
    public void Few_distinct_values_give_the_same_answers_as_the_search(byte[] values)
    {
        var detector = new Adwin(0.3, 1, 2, 1, 1);
        var oracle = new Oracle(0.3, 1, 2, 1, 1);
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

    /// <summary>The paper's method on all values: buckets are sizes alone, and every mean and variance is summed from the values.</summary>
    private sealed class Oracle(double delta, int clock, int maxBuckets, int minWindow, int gracePeriod)
    {
        private readonly List<int> _sizes = []; // the oldest first
        private long _ticks;

        public List<double> Values { get; } = [];

        public bool Update(double value)
        {
            Values.Add(value);
            _sizes.Add(1);
            for (var size = 1; _sizes.Count(s => s == size) > maxBuckets; size *= 2)
            {
                var first = _sizes.IndexOf(size);
                _sizes[first] = 2 * size;
                _sizes.RemoveAt(first + 1);
            }

            var drift = false;
            if (++_ticks % clock == 0 && Values.Count > gracePeriod)
            {
                while (HasCut())
                {
                    Values.RemoveRange(0, _sizes[0]);
                    _sizes.RemoveAt(0);
                    drift = true;
                }
            }

            return drift;
        }

        public static double Variance(List<double> values)
        {
            var mean = values.Average();
            return values.Sum(value => (value - mean) * (value - mean)) / values.Count;
        }

        private bool HasCut()
        {
            var logTerm = Math.Log(2 * Math.Log(Values.Count) / delta);
            var variance = Variance(Values);
            var n0 = 0;
            foreach (var size in _sizes.SkipLast(1))
            {
                n0 += size;
                var n1 = Values.Count - n0;
                if (n0 < minWindow || n1 < minWindow)
                {
                    continue;
                }

                var m = 1 / ((1.0 / (n0 - minWindow + 1)) + (1.0 / (n1 - minWindow + 1)));
                var threshold = Math.Sqrt(2 / m * variance * logTerm) + (2 / (3 * m) * logTerm);
                if (Math.Abs(Values.Take(n0).Average() - Values.Skip(n0).Average()) > threshold)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
