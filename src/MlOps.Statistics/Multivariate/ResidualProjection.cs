using System.Numerics.Tensors;

namespace MlOps.Statistics;

/// <summary>What the leading principal components of standardised columns leave over of a row.</summary>
internal sealed class ResidualProjection
{
    // So many rows of a column, its residuals and their sum of squares stay in the first cache.
    private const int Block = 512;

    private readonly double[] _vectors;
    private readonly int _columns;

    private ResidualProjection(double[] vectors, int columns, int components, double explained)
    {
        (_vectors, _columns, Components, Explained) = (vectors, columns, components, explained);
    }

    public int Components { get; }

    /// <summary>The share of variance that the components explain.</summary>
    public double Explained { get; }

    public static ResidualProjection Fit(double[] byColumn, int columns, double share)
    {
        var (values, vectors) = SymmetricEigen.Of(Covariance(byColumn, columns), columns);
        double total = values.Sum(v => Math.Max(0, v)), sum = 0;
        var components = 0;
        while (components < columns && (components == 0 || sum / total < share))
        {
            sum += Math.Max(0, values[components++]);
        }

        return new ResidualProjection(vectors, columns, components, total > 0 ? sum / total : double.NaN);
    }

    /// <summary>Each row's error, and each column's absolute error by row, column by column.</summary>
    /// <remarks>
    /// A row less its part along the components is the sum of its parts along all other eigenvectors: the fewer of the two are added up.
    /// </remarks>
    public (double[] Rows, double[] ByColumn) Of(double[] byColumn)
    {
        var rows = byColumn.Length / _columns;
        var errors = new double[rows];
        var left = new double[byColumn.Length];
        var subtracts = 2 * Components <= _columns;
        var (first, last) = subtracts ? (0, Components) : (Components, _columns);
        var along = new double[Block];
        for (var start = 0; start < rows; start += Block)
        {
            var length = Math.Min(Block, rows - start);
            for (var c = 0; c < _columns && subtracts; c++)
            {
                byColumn.AsSpan((c * rows) + start, length).CopyTo(left.AsSpan((c * rows) + start));
            }

            for (var k = first; k < last; k++)
            {
                var part = along.AsSpan(0, length);
                part.Clear();
                for (var c = 0; c < _columns; c++)
                {
                    TensorPrimitives.MultiplyAdd(byColumn.AsSpan((c * rows) + start, length), _vectors[(k * _columns) + c], part, part);
                }

                for (var c = 0; c < _columns; c++)
                {
                    var own = left.AsSpan((c * rows) + start, length);
                    var weight = _vectors[(k * _columns) + c];
                    TensorPrimitives.MultiplyAdd(part, subtracts ? -weight : weight, own, own);
                }
            }

            var sum = errors.AsSpan(start, length);
            for (var c = 0; c < _columns; c++)
            {
                var own = left.AsSpan((c * rows) + start, length);
                TensorPrimitives.MultiplyAdd(own, own, sum, sum);
                TensorPrimitives.Abs(own, own);
            }

            TensorPrimitives.Sqrt(sum, sum);
        }

        return (errors, left);
    }

    private static double[] Covariance(double[] byColumn, int columns)
    {
        var rows = byColumn.Length / columns;
        var sums = new SymmetricSum(SymmetricSum.Padded(columns));
        var block = new double[SymmetricSum.Padded(columns) * RowBlocks.Rows];
        for (var start = 0; start < rows; start += RowBlocks.Rows)
        {
            var length = Math.Min(RowBlocks.Rows, rows - start);
            for (var c = 0; c < columns; c++)
            {
                var own = block.AsSpan(c * RowBlocks.Rows, RowBlocks.Rows);
                byColumn.AsSpan((c * rows) + start, length).CopyTo(own);
                own[length..].Clear();
            }

            sums.Add(block, block, RowBlocks.Rows);
        }

        var covariance = new double[columns * columns];
        sums.CopyLower(covariance, columns);
        for (var c = 0; c < columns; c++)
        {
            for (var other = 0; other <= c; other++)
            {
                covariance[(c * columns) + other] /= rows;
                covariance[(other * columns) + c] = covariance[(c * columns) + other];
            }
        }

        return covariance;
    }
}
