using System.Globalization;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>What the KS distance hardly sees in a column of numbers: its spread, values that pile up, and values out of range.</summary>
/// <remarks>What is compared is chosen from the pooled counts alone, never from how they split, so every p-value holds its level.</remarks>
internal static class NumericFindings
{
    private const double Tail = 0.1;

    /// <summary>From the logarithm of the spread to the share of rows outside the pooled middle 80 %, for a normal column: 2 z φ(z) at z = 1.2816.</summary>
    private const double OutsidePerLogarithm = 0.45;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Whether the middle 80 % grew or shrank: a test of the shares of rows outside the pooled middle.</summary>
    public static DriftFinding Spread(NumericCounts cells, long[] pooled, long n, long m, DriftOptions options)
    {
        long below = 0, x = 0, y = 0;
        for (var i = 0; i < pooled.Length; i++)
        {
            var outside = below + pooled[i] <= Tail * (n + m) || below >= (1 - Tail) * (n + m);
            x += outside ? cells.Reference[i] : 0;
            y += outside ? cells.Current[i] : 0;
            below += pooled[i];
        }

        var before = Width(cells, cells.Reference, n);
        var after = Width(cells, cells.Current, m);
        var ratio = before > 0 && double.IsFinite(after / before) ? after / before : double.NaN;
        return new DriftFinding
        {
            Kind = DriftFindingKind.Spread,
            TestName = "shares outside the pooled middle 80 %, mid-p",
            PValue = x + y == 0 || double.IsNaN(ratio) ? double.NaN : ShareTest.PValue(x, n, y, m),
            EffectName = "relative change of the width of the middle 80 %",
            Effect = Math.Abs(ratio - 1),
            MinimumEffect = options.MinimumSpreadChange,
            Facts = string.Create(Invariant, $"the width of the middle 80 % of the values went from {before:G4} to {after:G4} ({ratio - 1:+0.#%;-0.#%})"),
            Detectable = level => Power.ShareChange(2 * Tail, n, m, level) / OutsidePerLogarithm,
        };
    }

    /// <summary>Whether one value, or one narrow cell, became more or less frequent.</summary>
    public static DriftFinding RepeatedValue(NumericCounts cells, long[] pooled, long n, long m, DriftOptions options)
    {
        var enough = Math.Max(5, 0.01 * Math.Min(n, m));
        int candidates = 0, best = -1;
        var least = 2.0;
        for (var i = 0; i < pooled.Length; i++)
        {
            if (pooled[i] < enough || pooled[i] == n + m)
            {
                continue;
            }

            candidates++;
            var p = ShareTest.PValue(cells.Reference[i], n, cells.Current[i], m);
            (least, best) = p < least ? (p, i) : (least, best);
        }

        var finding = new DriftFinding
        {
            Kind = DriftFindingKind.RepeatedValue,
            TestName = "share of each frequent value, mid-p, Bonferroni over them",
            PValue = best < 0 ? double.NaN : Math.Min(1, least * candidates),
            EffectName = "change of the share of one value",
            Effect = double.NaN,
            MinimumEffect = options.MinimumRepeatedValueChange,
        };
        if (best < 0)
        {
            return finding;
        }

        double before = (double)cells.Reference[best] / n, after = (double)cells.Current[best] / m;
        var value = cells.Edges[Math.Min(best, cells.Edges.Length - 1)];
        var place = cells.IsExact ? "the value " : "the values just below ";
        return finding with
        {
            Effect = Math.Abs(after - before),
            Facts = string.Create(Invariant, $"{place}{value:G6} holds {after:0.##%} of the rows, {before:0.##%} in the reference"),
            Detectable = level => Power.ShareChange(0, n, m, level / candidates),
        };
    }

    /// <summary>The share of current values beyond both ends of the reference, which under no drift is a matter of order alone.</summary>
    public static DriftFinding Range(NumericCounts cells, long n, long m, DriftOptions options)
    {
        var first = Array.FindIndex(cells.Reference, count => count > 0);
        var last = Array.FindLastIndex(cells.Reference, count => count > 0);
        long outside = 0;
        for (var i = 0; i < cells.Current.Length; i++)
        {
            outside += i < first || i > last ? cells.Current[i] : 0;
        }

        var share = (double)outside / m;
        return new DriftFinding
        {
            Kind = DriftFindingKind.Range,
            TestName = "count beyond the reference's ends, exact",
            PValue = BeyondEnds(outside, n, m),
            EffectName = "share of rows outside the reference's range",
            Effect = share,
            MinimumEffect = options.MinimumShare,
            Facts = string.Create(
                Invariant,
                $"{share:0.##%} of the values lie outside the reference's range of {cells.Edges[first]:G6} to {cells.Edges[last]:G6}; they reach from {End(cells, 0):G6} to {End(cells, 1):G6}"),
            Detectable = level => Power.Mean(Math.Max(1, (Math.Log(1 / level) + 2) / Math.Log(((double)n + m) / m))) / m,
        };
    }

    /// <summary>P(k or more of m values lie beyond the two ends of n others), all of one distribution without ties.</summary>
    internal static double BeyondEnds(long k, long n, long m)
    {
        if (n < 2 || k == 0)
        {
            return 1;
        }

        // Of the equally likely arrangements a share falling with j has j values in the two outer gaps together, in j + 1 ways to split them.
        double rows = n + m, term = n * (n - 1.0) / (rows * (rows - 1)), tail = 0;
        for (long j = 0; j <= m; j++)
        {
            tail += j < k ? 0 : term;
            if (j >= k && term < tail * 1e-17)
            {
                break;
            }

            term *= (j + 2.0) / (j + 1.0) * (m - j) / (rows - 2 - j);
        }

        return Math.Clamp(tail, 0, 1);
    }

    private static double End(NumericCounts cells, int side) => cells.Edges[side == 0
        ? Array.FindIndex(cells.Current, count => count > 0)
        : Array.FindLastIndex(cells.Current, count => count > 0)];

    private static double Width(NumericCounts cells, long[] counts, long total) =>
        cells.Quantile(counts, total, 1 - Tail) - cells.Quantile(counts, total, Tail);
}
