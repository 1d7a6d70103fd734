using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>A contingency table, row by row, with its margins: what all statistics of counts of two variables share.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct CountTable
{
    private readonly ReadOnlySpan<long> _counts;
    private readonly double[] _rows;
    private readonly double[] _columns;

    private CountTable(ReadOnlySpan<long> counts, double[] rows, double[] columns)
    {
        _counts = counts;
        _rows = rows;
        _columns = columns;
        foreach (var total in rows)
        {
            Total += total;
            Rows += total > 0 ? 1 : 0;
        }

        foreach (var total in columns)
        {
            Columns += total > 0 ? 1 : 0;
        }
    }

    /// <summary>All rows of data.</summary>
    public double Total { get; }

    /// <summary>The rows of the table that are not empty.</summary>
    public int Rows { get; }

    /// <summary>The columns of the table that are not empty.</summary>
    public int Columns { get; }

    public int DegreesOfFreedom => Math.Max(0, Rows - 1) * Math.Max(0, Columns - 1);

    public static CountTable Of(ReadOnlySpan<long> counts, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (counts.Length % columns != 0)
        {
            throw new ArgumentException(
                $"{counts.Length} counts do not fill rows of {columns}; give the table row by row.", nameof(counts));
        }

        var rowTotals = new double[counts.Length / columns];
        var columnTotals = new double[columns];
        for (var i = 0; i < counts.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[i], nameof(counts));
            rowTotals[i / columns] += counts[i];
            columnTotals[i % columns] += counts[i];
        }

        return new CountTable(counts, rowTotals, columnTotals);
    }

    /// <summary>The table of two variables given by codes; a pair with a negative code is missing.</summary>
    public static (long[] Counts, int Columns) Tabulate(ReadOnlySpan<int> x, ReadOnlySpan<int> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"There are {x.Length} values of x and {y.Length} of y; pairs need as many of both.", nameof(y));
        }

        int rows = 1, columns = 1;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] >= 0 && y[i] >= 0)
            {
                rows = Math.Max(rows, x[i] + 1);
                columns = Math.Max(columns, y[i] + 1);
            }
        }

        var counts = new long[checked(rows * columns)];
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] >= 0 && y[i] >= 0)
            {
                counts[(x[i] * columns) + y[i]]++;
            }
        }

        return (counts, columns);
    }

    /// <summary>Pearson's X², with Yates' correction where asked and there is one degree of freedom.</summary>
    public double ChiSquared(bool yates)
    {
        var correct = yates && DegreesOfFreedom == 1;
        var sum = 0.0;
        for (var i = 0; i < _counts.Length; i++)
        {
            var (expected, excess) = Cell(i);
            if (expected > 0)
            {
                var difference = Corrected(excess, correct);
                sum += difference * difference / expected;
            }
        }

        return sum;
    }

    /// <summary>The likelihood ratio G = 2 Σ O ln(O / E), as a sum of terms that are never negative.</summary>
    public double LikelihoodRatio(bool yates)
    {
        var correct = yates && DegreesOfFreedom == 1;
        var sum = 0.0;
        for (var i = 0; i < _counts.Length; i++)
        {
            var (expected, excess) = Cell(i);
            if (expected > 0)
            {
                sum += Deviance(expected, Corrected(excess, correct));
            }
        }

        return 2 * sum;
    }

    private static double Corrected(double excess, bool correct) =>
        correct ? double.CopySign(Math.Max(0, Math.Abs(excess) - 0.5), excess) : excess;

    /// <summary>
    /// O ln(O / E) + E - O for O = E + excess; near the expectation by the series of Loader's deviance, for there the difference is exact.
    /// </summary>
    private static double Deviance(double expected, double excess)
    {
        var observed = expected + excess;
        if (observed <= 0)
        {
            return expected;
        }

        var v = excess / (observed + expected);
        if (Math.Abs(v) >= 0.1)
        {
            return (observed * Math.Log(observed / expected)) - excess;
        }

        var sum = excess * v;
        var term = 2 * observed * v;
        for (var j = 1; j < 1000; j++)
        {
            term *= v * v;
            var next = sum + (term / ((2 * j) + 1));
            if (next == sum)
            {
                break;
            }

            sum = next;
        }

        return sum;
    }

    /// <summary>
    /// The expected count and the excess of the observed one, by Kahan's difference of products: no cancellation near independence.
    /// </summary>
    private (double Expected, double Excess) Cell(int index)
    {
        double row = _rows[index / _columns.Length], column = _columns[index % _columns.Length], product = row * column;
        var rounding = Math.FusedMultiplyAdd(row, column, -product);
        var excess = Math.FusedMultiplyAdd(_counts[index], Total, -product) - rounding;
        return (product / Total, excess / Total);
    }
}
