namespace MlOps.Statistics;

/// <summary>Counts of a column on both sides, and the tests on them.</summary>
internal static class ColumnComparison
{
    public const int Deciles = 10;

    /// <summary>Beyond it the exact distribution of KS costs more than it is worth; the finite-sample limit agrees to three digits there.</summary>
    private const int ExactLimit = 2_000;

    public static ColumnDrift Numeric(ColumnSizes sizes, double distance, long[] reference, long[] current, DriftOptions options)
    {
        var hasValues = sizes.Reference > 0 && sizes.Current > 0;
        var statistic = hasValues ? distance : double.NaN;
        var p = hasValues ? KolmogorovSmirnov.PValue(distance, sizes.Reference, sizes.Current, ExactLimit) : 1;
        return Describe(sizes, "Kolmogorov–Smirnov", "KS distance", statistic, p, statistic, reference, current, options);
    }

    public static ColumnDrift Categorical(
        ColumnSizes sizes, CategoryCells cells, IReadOnlyList<string> added, IReadOnlyList<string> vanished, DriftOptions options)
    {
        var pooled = SparseCategories.Test(cells);
        var column = Describe(
            sizes, "chi-squared", "total variation", pooled.Statistic, pooled.PValue, pooled.TotalVariation, cells.Reference, cells.Current, options);
        return Decide(
            column with
            {
                DegreesOfFreedom = pooled.DegreesOfFreedom,
                SparseShare = pooled.SparseShare,
                NewCategories = added,
                VanishedCategories = vanished,
            },
            options);
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

    private static ColumnDrift Describe(
        ColumnSizes sizes, string test, string effectName, double statistic, double p, double effect, long[] reference, long[] current, DriftOptions options)
    {
        var missing = MissingPValue(sizes);
        var column = new ColumnDrift
        {
            Column = sizes.Column,
            TestName = test,
            Statistic = statistic,
            PValue = p,
            AdjustedPValue = p,
            EffectName = effectName,
            Effect = effect,
            MinimumEffect = options.MinimumEffect,
            SmallestDetectableEffect = double.NaN,
            ReferenceCount = sizes.Reference,
            CurrentCount = sizes.Current,
            ReferenceMissingRate = (double)sizes.ReferenceMissing / (sizes.Reference + sizes.ReferenceMissing),
            CurrentMissingRate = (double)sizes.CurrentMissing / (sizes.Current + sizes.CurrentMissing),
            MissingPValue = missing,
            AdjustedMissingPValue = missing,
            NewCategories = [],
            VanishedCategories = [],
            PopulationStabilityIndex = PopulationStabilityIndex.Between(reference, current),
            JensenShannonDistance = JensenShannon.Between(reference, current),
            HasDrift = false,
            Reason = string.Empty,
        };
        return Decide(column, options);
    }

    private static ColumnDrift Decide(ColumnDrift column, DriftOptions options) =>
        DriftVerdict.Decide(column, column.PValue, column.MissingPValue, 1, options);

    private static double MissingPValue(ColumnSizes sizes)
    {
        long n = sizes.Reference + sizes.ReferenceMissing, m = sizes.Current + sizes.CurrentMissing;
        var missing = sizes.ReferenceMissing + sizes.CurrentMissing;
        if (n == 0 || m == 0 || missing == 0)
        {
            return 1;
        }

        var rarer = (double)Math.Min(missing, n + m - missing) * Math.Min(n, m) / ((double)n + m);
        var result = rarer < 20
            ? FisherExact.Test(sizes.ReferenceMissing, n, sizes.CurrentMissing, m)
            : TwoProportionZ.Test(sizes.ReferenceMissing, n, sizes.CurrentMissing, m);
        return result.PValue;
    }
}
