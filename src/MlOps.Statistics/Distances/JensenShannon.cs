namespace MlOps.Statistics;

/// <summary>The Jensen–Shannon distance and divergence with logarithms of base 2, so that both run from 0 to 1.</summary>
/// <remarks>
/// Tools differ: SciPy's and Evidently's distance use natural logarithms (multiply the divergence by ln 2 to compare), NannyML's uses base 2, and TFDV
/// prints the divergence. Empty categories need no smoothing here.
/// </remarks>
public static class JensenShannon
{
    /// <summary>The distance, which is the square root of the divergence; NaN where a row is empty.</summary>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static double Between(ReadOnlySpan<long> reference, ReadOnlySpan<long> current) => Math.Sqrt(DivergenceBetween(reference, current));

    /// <summary>The divergence in bits: the mean Kullback–Leibler divergence of each row from their mixture; NaN where a row is empty.</summary>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static double DivergenceBetween(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (n, m) = Counts.Totals(reference, current);
        if (n == 0 || m == 0)
        {
            return double.NaN;
        }

        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            double p = reference[i] / n, q = current[i] / m, mixture = (p + q) / 2;
            sum += Term(p, mixture) + Term(q, mixture);
        }

        return Math.Clamp(sum / 2, 0, 1);

        static double Term(double p, double mixture) => p == 0 ? 0 : p * Math.Log2(p / mixture);
    }
}
