namespace MlOps.Statistics;

/// <summary>Columns cut at their quantiles into at most 32 bins, a byte a value; bin 0 holds missing values.</summary>
internal sealed class BinnedColumns
{
    public const int Bins = 33;

    private const int QuantileRows = 4096;

    private readonly double[][] _edges;
    private readonly byte[][] _bins;

    public BinnedColumns(SampleMatrix rows)
    {
        Rows = rows.Rows;
        _edges = new double[rows.Columns][];
        _bins = new byte[rows.Columns][];
        for (var c = 0; c < rows.Columns; c++)
        {
            _edges[c] = Edges(rows, c);
            _bins[c] = new byte[Rows];
            for (var i = 0; i < Rows; i++)
            {
                _bins[c][i] = (byte)BinOf(rows[i][c], _edges[c]);
            }
        }
    }

    public int Rows { get; }

    public int Columns => _bins.Length;

    public ReadOnlySpan<byte> this[int column] => _bins[column];

    /// <summary>The number of bins in use, the missing values' one included.</summary>
    public int CountOf(int column) => _edges[column].Length + 2;

    /// <summary>The greatest value of a bin: what is at or below goes left of a split behind it; NaN for the missing values' bin.</summary>
    public double UpperEdge(int column, int bin) => bin == 0 ? double.NaN : _edges[column][bin - 1];

    /// <summary>1 + the number of edges below the value.</summary>
    private static int BinOf(double value, double[] edges)
    {
        if (double.IsNaN(value))
        {
            return 0;
        }

        int low = 0, high = edges.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (value > edges[middle])
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low + 1;
    }

    /// <summary>At most 31 edges: distinct quantiles of at most 4,096 rows evenly through the table, the greatest value excluded.</summary>
    private static double[] Edges(SampleMatrix rows, int column)
    {
        var step = Math.Max(1, rows.Rows / QuantileRows);
        var sample = new List<double>(QuantileRows);
        for (var i = 0; i < rows.Rows; i += step)
        {
            var value = rows[i][column];
            if (!double.IsNaN(value))
            {
                sample.Add(value);
            }
        }

        sample.Sort();
        var edges = new List<double>(Bins);
        for (var q = 1; q < Bins - 1 && sample.Count > 0; q++)
        {
            var edge = sample[(int)((long)q * sample.Count / (Bins - 1))];
            if (edge < sample[^1] && (edges.Count == 0 || edge > edges[^1]))
            {
                edges.Add(edge);
            }
        }

        return [.. edges];
    }
}
