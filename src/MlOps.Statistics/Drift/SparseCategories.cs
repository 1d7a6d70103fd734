namespace MlOps.Statistics;

/// <summary>The chi-squared test on many categories, rare ones pooled until each cell expects five or more on both sides.</summary>
/// <remarks>
/// What is pooled depends on the sums over both samples and on the order of the names, never on how a category splits: a rule that looked at
/// the split (say, "new categories together") would find drift where there is none.
/// </remarks>
internal static class SparseCategories
{
    private const double Enough = 5;

    public static SparseResult Test(CategoryCells cells)
    {
        double n = cells.Reference.Sum(), m = cells.Current.Sum() + cells.Overflow;
        if (n == 0 || m == 0)
        {
            return new SparseResult(double.NaN, 1, double.NaN, 0, 0);
        }

        var (reference, current, rest) = Pool(cells, Math.Min(n, m) / (n + m));
        var result = ChiSquared.Homogeneity(reference, current);
        var restTotal = rest.Reference + rest.Current;
        if (restTotal == 0)
        {
            return new SparseResult(result.Statistic, result.PValue, TotalVariation.Between(reference, current), result.DegreesOfFreedom, 0);
        }

        var fisher = FisherExact.Test(rest.Reference, (long)n, rest.Current, (long)m).PValue;
        var p = result.DegreesOfFreedom == 0 ? fisher : Math.Min(1, 2 * Math.Min(fisher, result.PValue));
        var variation = TotalVariation.Between([.. reference, rest.Reference], [.. current, rest.Current]);
        var share = Math.Max(rest.Reference / n, rest.Current / m);
        var statistic = double.IsNaN(result.Statistic) ? 0 : result.Statistic;
        return new SparseResult(statistic, p, variation, Math.Max(1, result.DegreesOfFreedom), share);
    }

    private static (long[] Reference, long[] Current, (long Reference, long Current) Remainder) Pool(CategoryCells cells, double smallerShare)
    {
        var reference = new List<long>();
        var current = new List<long>();
        var sparse = new List<(long Reference, long Current)>();
        for (var i = 0; i < cells.Reference.Length; i++)
        {
            var total = cells.Reference[i] + cells.Current[i];
            if (total * smallerShare >= Enough)
            {
                reference.Add(cells.Reference[i]);
                current.Add(cells.Current[i]);
            }
            else if (total > 0)
            {
                sparse.Add((cells.Reference[i], cells.Current[i]));
            }
        }

        // Stable, so that categories of one size stay in the order of their names.
        (long Reference, long Current) group = (0, cells.Overflow);
        var dense = reference.Count;
        foreach (var cell in sparse.OrderByDescending(cell => cell.Reference + cell.Current))
        {
            group = (group.Reference + cell.Reference, group.Current + cell.Current);
            if (cells.Overflow == 0 && (group.Reference + group.Current) * smallerShare >= Enough)
            {
                reference.Add(group.Reference);
                current.Add(group.Current);
                group = (0, 0);
            }
        }

        if ((group.Reference + group.Current) * smallerShare >= Enough)
        {
            reference.Add(group.Reference);
            current.Add(group.Current);
            group = (0, 0);
        }
        else if (reference.Count > dense)
        {
            reference[^1] += group.Reference;
            current[^1] += group.Current;
            group = (0, 0);
        }

        return ([.. reference], [.. current], group);
    }
}
