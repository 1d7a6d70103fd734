using MlOps.Statistics;

namespace MlOps.Benchmarks.Peers;

/// <summary>The rows of the comparison; a new one needs a line here and a function of the same name in peers.py.</summary>
internal static class PeerCases
{
    private static readonly double[] s_deciles = Edges(10);
    private static readonly double[] s_fifty = Edges(50);
    private static readonly float[] s_decilesOfFloats = Array.ConvertAll(s_deciles, edge => (float)edge);
    private static readonly float[] s_fiftyOfFloats = Array.ConvertAll(s_fifty, edge => (float)edge);
    private static readonly long[] s_counts = new long[64];

    public static IReadOnlyList<PeerCase> All { get; } =
    [
        new("ks", "Kolmogorov–Smirnov, both unsorted", "scipy ks_2samp", 5,
            (x, y, _) => KolmogorovSmirnov.Test(x, y).Statistic, (x, y, _) => KolmogorovSmirnov.Test(x, y).Statistic),
        new("ks_fitted", "Kolmogorov–Smirnov against a fitted reference", "scipy ks_2samp", 30,
            (_, y, fitted) => ((FittedReference)fitted!).KolmogorovSmirnov(y).Statistic.Lower, Fit: Fit),
        new("mannwhitney", "Mann–Whitney", "scipy mannwhitneyu", 20,
            (x, y, _) => MannWhitney.Test(x, y).Statistic, (x, y, _) => MannWhitney.Test(x, y).Statistic),
        new("cramervonmises", "Cramér–von Mises", "scipy cramervonmises_2samp", 5,
            (x, y, _) => CramerVonMises.Test(x, y).Statistic, (x, y, _) => CramerVonMises.Test(x, y).Statistic),
        new("wasserstein", "Wasserstein, both unsorted", "scipy wasserstein_distance", 10,
            (x, y, _) => Wasserstein.Between(x, y), (x, y, _) => Wasserstein.Between(x, y)),
        new("wasserstein_fitted", "Wasserstein against a fitted reference", "scipy wasserstein_distance", 100,
            (_, y, fitted) => ((FittedReference)fitted!).Wasserstein(y).Lower, Fit: Fit),
        new("energy", "energy distance", "scipy energy_distance", 5,
            (x, y, _) => EnergyDistance.Between(x, y), (x, y, _) => EnergyDistance.Between(x, y)),
        new("psi", "PSI, 10 quantile bins", "numpy percentile, histogram twice", 50,
            (x, y, _) => PopulationStabilityIndex.Between(x, y), (x, y, _) => PopulationStabilityIndex.Between(x, y)),
        new("histogram10", "histogram, 11 given edges", "numpy histogram", 30,
            (_, y, _) => Count(y, s_deciles, 4), (_, y, _) => Count(y, s_decilesOfFloats, 4)),
        new("histogram50", "histogram, 51 given edges", "numpy histogram", 30,
            (_, y, _) => Count(y, s_fifty, 31), (_, y, _) => Count(y, s_fiftyOfFloats, 31)),
        new("uniform50", "histogram, 50 uniform bins", "numpy histogram", 0, (_, y, _) => CountUniform(y)),
        new("moments", "mean, variance, min, max, NaN count", "numpy mean, var", 8,
            (_, y, _) => PopulationVariance(Moments.Of(y)), (_, y, _) => PopulationVariance(Moments.Of(y))),
    ];

    // With every value kept, so that the answers are exact; the first call builds the index over them.
    private static FittedReference Fit(double[] reference)
    {
        var fitted = FittedReference.FitNumeric(
            reference.AsSpan(), new FittedReferenceOptions { MaximumExactValues = FittedReferenceOptions.ExactValuesLimit });
        fitted.Compare(reference.AsSpan(0, 1));
        return fitted;
    }

    private static double PopulationVariance(Moments moments) => moments.Variance * (moments.Count - 1) / moments.Count;

    private static double[] Edges(int bins) => [.. Enumerable.Range(0, bins + 1).Select(i => i == bins ? 1.5 : (i * (3.0 / bins)) - 1.5)];

    private static double Count(double[] values, double[] edges, int cell)
    {
        Array.Clear(s_counts);
        Histogram.Count(values, edges, s_counts.AsSpan(0, edges.Length + 1));
        return s_counts[cell];
    }

    private static double Count(float[] values, float[] edges, int cell)
    {
        Array.Clear(s_counts);
        Histogram.Count(values, edges, s_counts.AsSpan(0, edges.Length + 1));
        return s_counts[cell];
    }

    private static double CountUniform(double[] values)
    {
        Array.Clear(s_counts);
        Histogram.CountUniform(values, -1.5, 1.5, s_counts.AsSpan(0, 50));
        return s_counts[30];
    }
}
