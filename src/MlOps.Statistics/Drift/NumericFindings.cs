using System.Globalization;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>What the KS distance hardly sees in a column of numbers: its spread, values that pile up, and values out of range.</summary>
/// <remarks>What is compared is chosen from the pooled counts alone, never from how they split, so every p-value holds its level.</remarks>
internal static class NumericFindings
{
    private const double Tail = 0.1;

    /// <summary>
    /// Cells with a larger share of the reference are ranges of values: what piles up in them is a matter of the distance.
    /// </summary>
    private const double Narrow = 0.005;

    /// <summary>
    /// From the logarithm of the spread to the share of rows outside the pooled middle 80 %, for a normal column: 2 z φ(z) at z = 1.2816.
    /// </summary>
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

        // Shares hold still where quantiles jump from one frequent value to the next.
        double before = (double)x / n, after = (double)y / m, ratio = Math.Exp((after - before) / OutsidePerLogarithm);
        return new DriftFinding
        {
            Kind = DriftFindingKind.Spread,
            TestName = "shares outside the pooled middle 80 %, mid-p",
            PValue = x + y == 0 ? double.NaN : ShareTest.PValue(x, n, y, m),
            EffectName = "relative change of the spread",
            Effect = Math.Abs(ratio - 1),
            MinimumEffect = options.MinimumSpreadChange,
            Facts = string.Create(
                Invariant,
                $"{after:0.##%} of the values lie outside the middle 80 % of both samples, {before:0.##%} in the reference: "
                + $"the spread changed by {ratio - 1:+0.#%;-0.#%}"),
            Detectable = level => Math.Exp(Power.ShareChange(2 * Tail, n, m, level) / OutsidePerLogarithm) - 1,
        };
    }

    /// <summary>Whether one value, or one narrow range of them, became more or less frequent.</summary>
    /// <remarks>
    /// A value takes part where it is frequent in both samples together. Of cells of several values all take part, frequent or not, and at twice
    /// their p-value: the reference chose where they end, and that a few current rows fell into one is no chance of that one alone.
    /// </remarks>
    public static DriftFinding RepeatedValue(NumericCounts cells, long n, long m, DriftOptions options)
    {
        var enough = Math.Max(5, 0.01 * Math.Min(n, m));
        var areNarrow = NumericCells.Error(cells.Edges, cells.Reference, n) <= Narrow;
        var candidates = new List<(double PValue, double Change, int Cell)>();
        var tests = 0;
        for (var i = 0; i < cells.Reference.Length; i++)
        {
            long x = cells.Reference[i], y = cells.Current[i];
            var isSingle = cells.IsSingle(i);
            var isFrequent = x + y >= enough && x + y < n + m;
            if (isSingle ? !isFrequent : !areNarrow || cells.IsOutside(i))
            {
                continue;
            }

            tests++;
            if (isFrequent)
            {
                candidates.Add(((isSingle ? 1 : 2) * ShareTest.PValue(x, n, y, m), Change((double)x / n, (double)y / m), i));
            }
        }

        var finding = new DriftFinding
        {
            Kind = DriftFindingKind.RepeatedValue,
            TestName = "share of each frequent value, mid-p, Bonferroni over them",
            PValue = double.NaN,
            EffectName = "Cohen's h of the share of one value",
            Effect = double.NaN,
            MinimumEffect = options.MinimumRepeatedValueChange,
        };
        if (candidates.Count == 0)
        {
            return finding;
        }

        // Of those that are evident the one that changed most; else the nearest to evidence.
        var evident = candidates.Where(candidate => candidate.PValue * tests <= options.Alpha).ToList();
        var best = evident.Count > 0 ? evident.MaxBy(candidate => candidate.Change) : candidates.MinBy(candidate => candidate.PValue);
        double before = (double)cells.Reference[best.Cell] / n, after = (double)cells.Current[best.Cell] / m;
        var value = cells.Edges[Math.Min(best.Cell, cells.Edges.Length - 1)];
        var place = cells.IsSingle(best.Cell)
            ? string.Create(Invariant, $"the value {value:G6} holds")
            : string.Create(
                Invariant, $"the values above {(best.Cell == 0 ? double.NegativeInfinity : cells.Edges[best.Cell - 1]):G6} up to {value:G6} hold");
        return finding with
        {
            PValue = Math.Min(1, best.PValue * tests),
            Effect = best.Change,
            Facts = string.Create(Invariant, $"{place} {after:0.##%} of the rows, {before:0.##%} in the reference: Cohen's h {best.Change:0.##}"),
            Detectable = level => Change(0, Math.Min(1, Power.ShareChange(0, n, m, level / tests))),
        };
    }

    /// <summary>The share of current values beyond both ends of the reference, which under no drift is a matter of order alone.</summary>
    public static DriftFinding Range(NumericCounts cells, long n, long m, DriftOptions options)
    {
        long outside = 0;
        for (var i = 0; i < cells.Current.Length; i++)
        {
            outside += cells.IsOutside(i) ? cells.Current[i] : 0;
        }

        var share = (double)outside / m;
        var ((least, most), (currentLeast, currentMost)) = (cells.ReferenceEnds, cells.CurrentEnds);
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
                $"{share:0.##%} of the values lie outside the reference's range of {least:G6} to {most:G6}; "
                + $"they reach from {currentLeast:G6} to {currentMost:G6}"),
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

        // Of the equally likely arrangements a share falling with j has j values in the two outer gaps, in j + 1 ways to split them.
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

    /// <summary>Cohen's h of two shares.</summary>
    private static double Change(double before, double after) => 2 * Math.Abs(Math.Asin(Math.Sqrt(after)) - Math.Asin(Math.Sqrt(before)));
}
