using System.Numerics;
using MlOps.Statistics.Sorting;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>
/// The Anderson–Darling test: whether two or more samples come from one distribution; it weighs the tails more than Kolmogorov–Smirnov.
/// </summary>
/// <remarks>
/// Source: Scholz and Stephens, "K-sample Anderson–Darling tests" (1987). Reference implementation: <c>scipy.stats.anderson_ksamp</c>, both
/// versions: <c>midrank</c> (A²a, the default, for tied data too) and the right-continuous one (A²). The statistic is standardised: mean 0
/// and variance 1 if nothing differs, so it may be negative. From 0.001 to 0.25 the p-value is SciPy's interpolation of the published
/// critical values. SciPy stops there; here the limit law goes on from both ends by Lugannani and Rice's saddle-point formula, within 6 %
/// of the law itself, so that p and log p tell apart what SciPy calls 0.001 or 0.25. With heavy ties or a few values a side prefer the
/// permutation test. Missing values and infinities follow the rule on <see cref="TestResult"/>; with fewer than four values, an empty
/// sample or all values equal the test is undefined (NaN and 1).
/// </remarks>
public static class AndersonDarling
{
    private const int FewestValues = 4;

    // The share by which a permuted statistic may fall short of the observed one through rounding and still count as equal.
    private const double Tie = 1e-12;

    /// <summary>Tests two samples.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample.</param>
    /// <param name="midrank">Whether ties take their middle rank; otherwise the version for continuous data.</param>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool midrank = true)
    {
        using var first = SortedSample.Of(x);
        using var second = SortedSample.Of(y);
        return Test(first.Keys, second.Keys, midrank);
    }

    /// <summary>Tests two samples of single-precision values.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample.</param>
    /// <param name="midrank">Whether ties take their middle rank; otherwise the version for continuous data.</param>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y, bool midrank = true)
    {
        using var first = SortedSample.Of(x);
        using var second = SortedSample.Of(y);
        return Test(first.Keys, second.Keys, midrank);
    }

    /// <summary>Tests two or more samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="midrank">Whether ties take their middle rank; otherwise the version for continuous data.</param>
    /// <exception cref="ArgumentException">There are fewer than two samples.</exception>
    public static TestResult Test(IReadOnlyList<double[]> samples, bool midrank = true) => Test(RankedSamples.Of(samples), midrank);

    /// <summary>Tests two samples with a p-value from random relabelling, valid for any data.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample.</param>
    /// <param name="permutations">How many relabellings to draw, 1,000 by default; the p-value is (1 + as extreme) / (1 +
    /// permutations).</param>
    /// <param name="seed">The seed of the relabellings; the same seed gives the same p-value.</param>
    /// <param name="midrank">Whether ties take their middle rank; otherwise the version for continuous data.</param>
    public static TestResult PermutationTest(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, int permutations = 1000, int seed = 0, bool midrank = true) =>
        PermutationTest(RankedSamples.Of(x, y), permutations, seed, midrank);

    /// <summary>Tests two or more samples with a p-value from random relabelling, valid for any data.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="permutations">How many relabellings to draw, 1,000 by default; the p-value is (1 + as extreme) / (1 +
    /// permutations).</param>
    /// <param name="seed">The seed of the relabellings; the same seed gives the same p-value.</param>
    /// <param name="midrank">Whether ties take their middle rank; otherwise the version for continuous data.</param>
    /// <exception cref="ArgumentException">There are fewer than two samples.</exception>
    public static TestResult PermutationTest(IReadOnlyList<double[]> samples, int permutations = 1000, int seed = 0, bool midrank = true) =>
        PermutationTest(RankedSamples.Of(samples), permutations, seed, midrank);

    private static TestResult Test<TKey>(ReadOnlySpan<TKey> x, ReadOnlySpan<TKey> y, bool midrank)
        where TKey : unmanaged, INumber<TKey>
    {
        if (x.IsEmpty || y.IsEmpty || x.Length + (long)y.Length < FewestValues || TKey.Max(x[^1], y[^1]) == TKey.Min(x[0], y[0]))
        {
            return TestResult.Undefined;
        }

        var excess = new WeightedExcess(x.Length, y.Length, midrank);
        PooledOrder.Walk(x, y, ref excess);
        var statistic = RankedSamples.Standardize(excess.Statistic, [x.Length, y.Length]);
        return TestResult.FromLog(statistic, AndersonDarlingLaw.LogUpper(statistic, 1));
    }

    private static TestResult Test(RankedSamples samples, bool midrank)
    {
        if (samples.IsUndefined)
        {
            return TestResult.Undefined;
        }

        var statistic = RankedSamples.Standardize(samples.Statistic(midrank), samples.Sizes);
        return TestResult.FromLog(statistic, AndersonDarlingLaw.LogUpper(statistic, samples.Sizes.Length - 1));
    }

    private static TestResult PermutationTest(RankedSamples samples, int permutations, int seed, bool midrank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        if (samples.IsUndefined)
        {
            return TestResult.Undefined;
        }

        var observed = samples.Statistic(midrank);
        var random = new SplitMix64(SplitMix64.Mix((ulong)seed));
        var extreme = 0;
        for (var permutation = 0; permutation < permutations; permutation++)
        {
            for (var i = samples.Labels.Length - 1; i > 0; i--)
            {
                var j = random.Below(i + 1);
                (samples.Labels[i], samples.Labels[j]) = (samples.Labels[j], samples.Labels[i]);
            }

            extreme += samples.Statistic(midrank) >= observed * (1 - Tie) ? 1 : 0;
        }

        return new TestResult(RankedSamples.Standardize(observed, samples.Sizes), (1.0 + extreme) / (1.0 + permutations));
    }

    /// <summary>Equations 6 and 7 of Scholz and Stephens for two samples, whose excesses are each other's negatives.</summary>
    private struct WeightedExcess(long n, long m, bool midrank) : PooledOrder.IVisitor
    {
        private const int PartLength = 1024;
        private readonly double _all = n + m;
        private double _total;
        private double _part;
        private int _visits;
        private long _previousX;
        private long _previous;

        /// <summary>The sum of (ties / N) (N own - rank n)² (1/n + 1/m) / variance over the distinct values.</summary>
        public readonly double Statistic =>
            (_total + _part) * (1.0 / n + (1.0 / m)) / _all * (midrank ? (_all - 1) / _all : 1);

        public void Visit<T>(T value, long upToX, long upToY)
            where T : unmanaged
        {
            var pooled = upToX + upToY;
            double ties = pooled - _previous;
            if (midrank)
            {
                // Middle ranks are halves: twice the excess is a whole number.
                double excess = ((n + m) * (upToX + _previousX)) - ((pooled + _previous) * n), rank = (pooled + _previous) / 2.0;
                _part += ties * excess * excess / (4 * ((rank * (_all - rank)) - (_all * ties / 4)));
            }
            else if (pooled < n + m)
            {
                double excess = ((n + m) * upToX) - (pooled * n);
                _part += ties * excess * excess / ((double)pooled * (n + m - pooled));
            }

            (_previousX, _previous) = (upToX, pooled);
            if (++_visits == PartLength)
            {
                // Sums of parts keep the rounding error of a long sum near that of one part.
                _total += _part;
                (_part, _visits) = (0, 0);
            }
        }
    }
}
