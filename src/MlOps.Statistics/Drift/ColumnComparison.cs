using System.Globalization;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Counts of a column on both sides, and the tests on them.</summary>
internal static class ColumnComparison
{
    public const int Deciles = 10;

    /// <summary>
    /// What a shift of all values needs above the critical distance, in roots of the effective size: little, as the distance may be reached
    /// at many
    /// places. A change in one narrow place alone needs up to 0.42.
    /// </summary>
    private const double ShiftAllowance = 0.05;

    /// <summary>Compares numbers by all of their cells.</summary>
    public static ColumnDrift Numeric(ColumnSizes sizes, NumericCounts cells, DriftOptions options)
    {
        long n = sizes.Reference, m = sizes.Current;
        var pooled = cells.Pooled();
        var column = Describe(
            sizes,
            Distance(sizes, cells, pooled, options),
            Grouped(cells.Reference, cells.Reference),
            Grouped(cells.Reference, cells.Current),
            options);
        if (n == 0 || m == 0)
        {
            return Decide(column, options);
        }

        return Decide(
            column with
            {
                Findings =
                [
                    column.Findings[0],
                    NumericFindings.Spread(cells, pooled, n, m, options),
                    NumericFindings.RepeatedValue(cells, n, m, options),
                    NumericFindings.Range(cells, n, m, options),
                    column.Findings[1],
                ],
                Move = moved => Move(cells, n, moved),
            },
            options);
    }

    public static ColumnDrift Categorical(
        ColumnSizes sizes, CategoryCells cells, IReadOnlyList<string> added, IReadOnlyList<string> vanished, DriftOptions options)
    {
        var pooled = SparseCategories.Test(cells);
        double n = sizes.Reference, m = sizes.Current;
        var values = Values(
            pooled.TestName,
            pooled.PValue,
            "total variation beyond chance",
            pooled.Effect,
            options,
            // The noncentrality is at least 4 · effective · TV² (Cauchy–Schwarz).
            level => pooled.DegreesOfFreedom == 0
                ? 1
                : Math.Sqrt(Power.Noncentrality(level, pooled.DegreesOfFreedom) / (4 * n * m / (n + m))));
        var column = Describe(
            sizes, values with { PValue = n == 0 || m == 0 ? double.NaN : values.PValue }, cells.Reference, cells.Current, options);
        column = column with
        {
            Kind = DriftColumnKind.Categorical,
            Statistic = pooled.Statistic,
            DegreesOfFreedom = pooled.DegreesOfFreedom,
            NewCategories = added,
            VanishedCategories = vanished,
        };
        if (n > 0 && m > 0)
        {
            column = column with
            {
                Findings =
                [
                    column.Findings[0],
                    CategoryFindings.New(cells, added, options),
                    CategoryFindings.Vanished(cells, vanished, options),
                    column.Findings[1],
                ],
            };
        }

        return Decide(column, options);
    }

    /// <summary>Adds the counts of cells up to ten groups of equal reference mass, as near as whole cells allow.</summary>
    public static long[] Grouped(ReadOnlySpan<long> reference, ReadOnlySpan<long> counts)
    {
        var total = 0.0;
        foreach (var count in reference)
        {
            total += count;
        }

        var groups = new long[Deciles];
        var before = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            groups[total == 0 ? 0 : (int)Math.Min(Deciles - 1, before * Deciles / total)] += counts[i];
            before += reference[i];
        }

        return groups;
    }

    /// <summary>Decides a column as a family of its own.</summary>
    public static ColumnDrift Decide(ColumnDrift column, DriftOptions options) => DriftVerdict.Decide([column], options)[0];

    public static DriftFinding Missing(ColumnSizes sizes, DriftOptions options)
    {
        long n = sizes.Reference + sizes.ReferenceMissing, m = sizes.Current + sizes.CurrentMissing;
        double before = (double)sizes.ReferenceMissing / n, after = (double)sizes.CurrentMissing / m;
        var isTested = n > 0 && m > 0 && sizes.ReferenceMissing + sizes.CurrentMissing > 0;
        return new DriftFinding
        {
            Kind = DriftFindingKind.MissingRate,
            TestName = "two shares, mid-p",
            PValue = isTested ? ShareTest.PValue(sizes.ReferenceMissing, n, sizes.CurrentMissing, m) : double.NaN,
            EffectName = "change of the share of missing values",
            Effect = Math.Abs(after - before),
            MinimumEffect = options.MinimumMissingRateChange,
            CountsAnyway = double.IsFinite(options.MinimumMissingRateFactor) && before != after
                && Math.Max(before, after) / Math.Min(before, after) >= options.MinimumMissingRateFactor,
            Facts = string.Create(CultureInfo.InvariantCulture, $"the share of missing values went from {before:0.##%} to {after:0.##%}"),
            Detectable = level => n > 0 && m > 0 ? Power.ShareChange(before, n, m, level) : double.NaN,
        };
    }

    private static DriftFinding Distance(ColumnSizes sizes, NumericCounts cells, long[] pooled, DriftOptions options)
    {
        double n = sizes.Reference, m = sizes.Current;
        var hasValues = n > 0 && m > 0;
        var distance = NumericCells.Distance(cells.Reference, cells.Current, sizes.Reference, sizes.Current);
        // Rows of a cell that may hold several values count as distinct: the reference chose the cells, so p given them is too small.
        var ties = new bool[pooled.Length];
        for (var i = 0; i < ties.Length; i++)
        {
            ties[i] = pooled[i] > 1 && cells.IsSingle(i);
        }

        var tied = ties.AsSpan().Contains(true);
        var p = hasValues ? TiedKolmogorov.PValue(distance, sizes.Reference, sizes.Current, pooled, ties) : double.NaN;
        return Values(
            tied ? "Kolmogorov–Smirnov given ties" : "Kolmogorov–Smirnov",
            p,
            "KS distance",
            hasValues ? distance : double.NaN,
            options,
            level => (Math.Sqrt(Math.Log(2 / level) / 2) + ShiftAllowance) / Math.Sqrt(n * m / (n + m)));
    }

    private static DriftFinding Values(
        string test, double p, string effectName, double effect, DriftOptions options, Func<double, double> detectable) => new()
    {
        Kind = DriftFindingKind.Values,
        TestName = test,
        PValue = p,
        EffectName = effectName,
        Effect = effect,
        MinimumEffect = options.MinimumEffect,
        Facts = string.Create(CultureInfo.InvariantCulture, $"the distribution of the values changed: {effectName} {effect:0.###}"),
        Detectable = level => Math.Min(1, detectable(level)),
    };

    private static double Move(NumericCounts cells, long n, double distance) =>
        cells.Quantile(cells.Reference, n, Math.Min(1, 0.5 + (distance / 2)))
        - cells.Quantile(cells.Reference, n, Math.Max(0, 0.5 - (distance / 2)));

    private static ColumnDrift Describe(
        ColumnSizes sizes, DriftFinding values, long[] reference, long[] current, DriftOptions options) => new()
    {
        Column = sizes.Column,
        Findings = [values, Missing(sizes, options)],
        TestName = values.TestName,
        Statistic = values.Effect,
        PValue = 1,
        AdjustedPValue = 1,
        EffectName = values.EffectName,
        Effect = values.Effect,
        MinimumEffect = values.MinimumEffect,
        SmallestDetectableEffect = double.NaN,
        ReferenceCount = sizes.Reference,
        CurrentCount = sizes.Current,
        ReferenceMissingRate = (double)sizes.ReferenceMissing / (sizes.Reference + sizes.ReferenceMissing),
        CurrentMissingRate = (double)sizes.CurrentMissing / (sizes.Current + sizes.CurrentMissing),
        MissingPValue = 1,
        AdjustedMissingPValue = 1,
        NewCategories = [],
        VanishedCategories = [],
        PopulationStabilityIndex = PopulationStabilityIndex.Between(reference, current),
        JensenShannonDistance = JensenShannon.Between(reference, current),
        HasDrift = false,
        Reason = string.Empty,
    };
}
