namespace MlOps.Statistics;

/// <summary>A column of numbers on both sides as counts of the same ordered cells; a cell reaches up to its edge, included.</summary>
/// <param name="Edges">The upper edge of each cell but the last, or of each; a distinct value where the cells are exact.</param>
/// <param name="Reference">The counts in the reference.</param>
/// <param name="Current">The counts now.</param>
/// <param name="IsExact">Whether every cell holds one value.</param>
internal readonly record struct NumericCounts(double[] Edges, long[] Reference, long[] Current, bool IsExact)
{
    /// <summary>The least and the largest value of the reference.</summary>
    public required (double Least, double Most) ReferenceEnds { get; init; }

    /// <summary>The least and the largest value now.</summary>
    public required (double Least, double Most) CurrentEnds { get; init; }

    /// <summary>Counts the distinct values of two sorted samples.</summary>
    public static NumericCounts Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var values = new List<double>();
        var reference = new List<long>();
        var current = new List<long>();
        for (int i = 0, j = 0; i < x.Length || j < y.Length;)
        {
            var value = j == y.Length || (i < x.Length && x[i] <= y[j]) ? x[i] : y[j];
            int firstX = i, firstY = j;
            while (i < x.Length && x[i] == value)
            {
                i++;
            }

            while (j < y.Length && y[j] == value)
            {
                j++;
            }

            values.Add(value);
            reference.Add(i - firstX);
            current.Add(j - firstY);
        }

        return new NumericCounts([.. values], [.. reference], [.. current], IsExact: true)
        {
            ReferenceEnds = Ends(x),
            CurrentEnds = Ends(y),
        };

        static (double Least, double Most) Ends(ReadOnlySpan<double> sorted) =>
            sorted.IsEmpty ? (double.NaN, double.NaN) : (sorted[0], sorted[^1]);
    }

    /// <summary>The least edge with at least this share of the rows at or below it.</summary>
    public double Quantile(long[] counts, long total, double share)
    {
        var below = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            if (below >= share * total && below > 0)
            {
                return Edges[Math.Min(i, Edges.Length - 1)];
            }
        }

        return double.NaN;
    }

    /// <summary>Whether a cell holds one possible value alone, so that its rows are tied.</summary>
    public bool IsSingle(int cell) => IsExact || NumericCells.IsSingle(Edges, cell);

    /// <summary>Whether all of a cell lies beyond the reference's least or largest value.</summary>
    public bool IsOutside(int cell) =>
        (cell < Edges.Length && Edges[cell] < ReferenceEnds.Least) || (cell > 0 && Edges[cell - 1] >= ReferenceEnds.Most);

    /// <summary>The counts of both sides together.</summary>
    public long[] Pooled()
    {
        var pooled = new long[Reference.Length];
        for (var i = 0; i < pooled.Length; i++)
        {
            pooled[i] = Reference[i] + Current[i];
        }

        return pooled;
    }
}
