using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The chi-squared test on many categories, rare ones pooled until each group expects five or more on both sides.</summary>
/// <remarks>
/// What is pooled depends on the sums over both samples and on the order of the names, never on how a category splits: a rule that looked
/// at
/// the split (say, "new categories together") would find drift where there is none. Two groups are compared by <see cref="ShareTest"/>, and
/// samples
/// too small for two groups by permutation.
/// </remarks>
internal static class SparseCategories
{
    private const double Enough = 5;
    private const int Permutations = 1999;

    public static SparseResult Test(CategoryCells cells)
    {
        long n = cells.Reference.Sum(), m = cells.Current.Sum() + cells.Overflow;
        if (n == 0 || m == 0)
        {
            return new SparseResult("chi-squared", double.NaN, 1, double.NaN, 0);
        }

        var (reference, current) = Pool(cells, (double)Math.Min(n, m) / (n + m));
        if (reference.Length < 2 && cells.Reference.Length > 1)
        {
            (reference, current) = ([.. cells.Reference, 0], [.. cells.Current, cells.Overflow]);
            var permuted = CalibratedDistance.PValue(CountDistance.ChiSquared, reference, current, Permutations);
            var table = ChiSquared.Homogeneity(reference, current);
            return new SparseResult(
                "chi-squared by permutation", table.Statistic, table.DegreesOfFreedom == 0 ? 1 : permuted,
                Beyond(reference, current, n, m), table.DegreesOfFreedom);
        }

        var result = ChiSquared.Homogeneity(reference, current);
        return result.DegreesOfFreedom == 1
            ? new SparseResult(
                "two shares, mid-p", result.Statistic, TwoShares(reference, current, n, m),
                Beyond(reference, current, n, m), 1)
            : new SparseResult(
                "chi-squared, exact moments",
                result.Statistic,
                PValue(result.Statistic, reference, current, n, m),
                Beyond(reference, current, n, m),
                result.DegreesOfFreedom);
    }

    /// <summary>
    /// The mean and the variance of the chi-squared statistic of two samples, given their sizes and the sums of the groups.
    /// </summary>
    /// <remarks>Source: Haldane (1940), as in Dawson and Willcox (1991).</remarks>
    internal static (double Mean, double Variance) Moments(ReadOnlySpan<long> totals, double n, double m)
    {
        double rows = n + m, groups = 0, inverse = 0;
        foreach (var total in totals)
        {
            groups += total > 0 ? 1 : 0;
            inverse += total > 0 ? rows / total : 0;
        }

        double sides = (rows - 2) / (rows - 1), columns = (groups - 1) * (rows - groups) / (rows - 1);
        double sidesSkew = ((rows / n) + (rows / m) - 4) / (rows - 2), columnsSkew = (inverse - (groups * groups)) / (rows - 2);
        return (
            rows / (rows - 1) * (groups - 1),
            (2 * rows / (rows - 3) * (sides - sidesSkew) * (columns - columnsSkew)) + (rows * rows / (rows - 1) * sidesSkew * columnsSkew));
    }

    /// <summary>The chance of the statistic under a scaled chi-squared law with its exact mean and variance.</summary>
    /// <remarks>
    /// With groups of ten rows the variance is a tenth below that of the limit, which would raise 4 % of alarms where 5 % are meant.
    /// </remarks>
    private static double PValue(double statistic, long[] reference, long[] current, double n, double m)
    {
        var (mean, variance) = Moments(reference.Zip(current, (x, y) => x + y).ToArray(), n, m);
        return Gamma.UpperRegularized(mean * mean / variance, statistic * mean / variance);
    }

    private static double TwoShares(long[] reference, long[] current, long n, long m)
    {
        var first = 0;
        while (reference[first] + current[first] == 0)
        {
            first++;
        }

        return ShareTest.PValue(reference[first], n, current[first], m);
    }

    /// <summary>
    /// The root of the squared total variation less the square of its mean under no drift, so that many categories are no effect in
    /// themselves.
    /// </summary>
    private static double Beyond(long[] reference, long[] current, double n, double m)
    {
        var variation = TotalVariation.Between(reference, current);
        var chance = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            var share = (reference[i] + current[i]) / (n + m);
            chance += Math.Sqrt(2 / Math.PI * share * (1 - share) * ((1 / n) + (1 / m))) / 2;
        }

        return Math.Sqrt(Math.Max(0, (variation * variation) - (chance * chance)));
    }

    private static (long[] Reference, long[] Current) Pool(CategoryCells cells, double smallerShare)
    {
        var groups = new List<(long Reference, long Current)>();
        var sparse = new List<(long Reference, long Current)>();
        for (var i = 0; i < cells.Reference.Length; i++)
        {
            var cell = (cells.Reference[i], cells.Current[i]);
            if (IsEnough(cell))
            {
                groups.Add(cell);
            }
            else if (cells.Reference[i] + cells.Current[i] > 0)
            {
                sparse.Add(cell);
            }
        }

        // Stable, so that categories of one size stay in the order of their names.
        (long Reference, long Current) group = (0, cells.Overflow);
        foreach (var cell in sparse.OrderByDescending(cell => cell.Reference + cell.Current))
        {
            group = (group.Reference + cell.Reference, group.Current + cell.Current);
            if (cells.Overflow == 0 && IsEnough(group))
            {
                groups.Add(group);
                group = (0, 0);
            }
        }

        if (group.Reference + group.Current > 0)
        {
            if (groups.Count == 0 || IsEnough(group))
            {
                groups.Add(group);
            }
            else
            {
                // The least of the groups takes what is left over: a group of its own would be tested at a level it cannot reach.
                var least = Enumerable.Range(0, groups.Count).MinBy(i => groups[i].Reference + groups[i].Current);
                groups[least] = (groups[least].Reference + group.Reference, groups[least].Current + group.Current);
            }
        }

        return ([.. groups.Select(cell => cell.Reference)], [.. groups.Select(cell => cell.Current)]);

        bool IsEnough((long Reference, long Current) cell) => (cell.Reference + cell.Current) * smallerShare >= Enough;
    }
}
