using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The Anderson–Darling test: whether two or more samples come from one distribution; it weighs the tails more than Kolmogorov–Smirnov.</summary>
/// <remarks>
/// Source: Scholz and Stephens, "K-sample Anderson–Darling tests" (1987). Reference implementation: <c>scipy.stats.anderson_ksamp</c>, both
/// versions: <c>midrank</c> (A²a, the default, for tied data too) and the right-continuous one (A²). The statistic is standardised: mean 0 and
/// variance 1 if nothing differs, so it may be negative. From 0.001 to 0.25 the p-value is SciPy's interpolation of the published critical
/// values. SciPy stops there; here the limit law goes on from both ends by Lugannani and Rice's saddle-point formula, within 6 % of
/// the law itself, so that p and log p tell apart what SciPy calls 0.001 or 0.25. With heavy ties or a few values a side prefer the permutation
/// test. Missing values and infinities follow the rule on <see cref="TestResult"/>; with fewer than four values, an empty sample or all values
/// equal the test is undefined (NaN and 1).
/// </remarks>
public static class AndersonDarling
{
    // The share by which a permuted statistic may fall short of the observed one through rounding and still count as equal.
    private const double Tie = 1e-12;

    /// <summary>Tests two samples.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample.</param>
    /// <param name="midrank">Whether ties take their middle rank; otherwise the version for continuous data.</param>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool midrank = true) =>
        Test(RankedSamples.Of(x, y), midrank);

    /// <summary>Tests two samples of single-precision values.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample.</param>
    /// <param name="midrank">Whether ties take their middle rank; otherwise the version for continuous data.</param>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y, bool midrank = true) =>
        Test(WidenedValues.Of(x), WidenedValues.Of(y), midrank);

    /// <summary>Tests two or more samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="midrank">Whether ties take their middle rank; otherwise the version for continuous data.</param>
    /// <exception cref="ArgumentException">There are fewer than two samples.</exception>
    public static TestResult Test(IReadOnlyList<double[]> samples, bool midrank = true) => Test(RankedSamples.Of(samples), midrank);

    /// <summary>Tests two samples with a p-value from random relabelling, valid for any data.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample.</param>
    /// <param name="permutations">How many relabellings to draw, 1,000 by default; the p-value is (1 + as extreme) / (1 + permutations).</param>
    /// <param name="seed">The seed of the relabellings; the same seed gives the same p-value.</param>
    /// <param name="midrank">Whether ties take their middle rank; otherwise the version for continuous data.</param>
    public static TestResult PermutationTest(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, int permutations = 1000, int seed = 0, bool midrank = true) =>
        PermutationTest(RankedSamples.Of(x, y), permutations, seed, midrank);

    /// <summary>Tests two or more samples with a p-value from random relabelling, valid for any data.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="permutations">How many relabellings to draw, 1,000 by default; the p-value is (1 + as extreme) / (1 + permutations).</param>
    /// <param name="seed">The seed of the relabellings; the same seed gives the same p-value.</param>
    /// <param name="midrank">Whether ties take their middle rank; otherwise the version for continuous data.</param>
    /// <exception cref="ArgumentException">There are fewer than two samples.</exception>
    public static TestResult PermutationTest(IReadOnlyList<double[]> samples, int permutations = 1000, int seed = 0, bool midrank = true) =>
        PermutationTest(RankedSamples.Of(samples), permutations, seed, midrank);

    private static TestResult Test(RankedSamples samples, bool midrank)
    {
        if (samples.IsUndefined)
        {
            return TestResult.Undefined;
        }

        var statistic = samples.Standardize(samples.Statistic(midrank));
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

        return new TestResult(samples.Standardize(observed), (1.0 + extreme) / (1.0 + permutations));
    }
}
