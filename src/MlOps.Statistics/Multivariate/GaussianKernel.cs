using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>Blocks of the Gaussian kernel matrix of rows held column by column, in double.</summary>
/// <remarks>
/// Squared distances are sums of squared differences and not |x|² + |y|² - 2xy: that form loses all digits where rows lie far from the
/// origin, and at a vector's width of fused operations the differences cost little more.
/// </remarks>
internal sealed class GaussianKernel
{
    private readonly double[] _byColumn;
    private readonly int _columns;
    private readonly double _factor;

    /// <param name="rows">Rows of finite values, one after the other.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="bandwidth">σ; positive.</param>
    public GaussianKernel(ReadOnlySpan<double> rows, int columns, double bandwidth)
    {
        Rows = rows.Length / columns;
        Stride = (Rows + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        _columns = columns;
        _factor = -0.5 / bandwidth / bandwidth;
        _byColumn = new double[Stride * columns];
        for (var i = 0; i < Rows; i++)
        {
            for (var c = 0; c < columns; c++)
            {
                _byColumn[(c * Stride) + i] = rows[(i * columns) + c];
            }
        }
    }

    public int Rows { get; }

    /// <summary>The number of rows, rounded up to whole vectors.</summary>
    public int Stride { get; }

    /// <summary>
    /// Writes k(i, j) for four rows i from <paramref name="row"/> on and the rows j from start to end; both ends lie on whole vectors.
    /// </summary>
    /// <remarks>A row i beyond the last repeats the last one; a column j beyond the last holds a number of no meaning.</remarks>
    public void FourRows(int row, int start, int end, Span<double> destination)
    {
        var width = end - start;
        ref var values = ref MemoryMarshal.GetArrayDataReference(_byColumn);
        ref var output = ref MemoryMarshal.GetReference(destination[..(4 * width)]);
        var last = Rows - 1;
        int r0 = Math.Min(row, last), r1 = Math.Min(row + 1, last), r2 = Math.Min(row + 2, last), r3 = Math.Min(row + 3, last);
        for (var j = start; j < end; j += Vector<double>.Count)
        {
            Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
            for (var c = 0; c < _columns; c++)
            {
                ref var column = ref Unsafe.Add(ref values, c * Stride);
                var other = Vector.LoadUnsafe(ref column, (nuint)j);
                var d0 = new Vector<double>(Unsafe.Add(ref column, r0)) - other;
                var d1 = new Vector<double>(Unsafe.Add(ref column, r1)) - other;
                var d2 = new Vector<double>(Unsafe.Add(ref column, r2)) - other;
                var d3 = new Vector<double>(Unsafe.Add(ref column, r3)) - other;
                s0 = Vector.FusedMultiplyAdd(d0, d0, s0);
                s1 = Vector.FusedMultiplyAdd(d1, d1, s1);
                s2 = Vector.FusedMultiplyAdd(d2, d2, s2);
                s3 = Vector.FusedMultiplyAdd(d3, d3, s3);
            }

            var at = j - start;
            s0.StoreUnsafe(ref output, (nuint)at);
            s1.StoreUnsafe(ref output, (nuint)(at + width));
            s2.StoreUnsafe(ref output, (nuint)(at + (2 * width)));
            s3.StoreUnsafe(ref output, (nuint)(at + (3 * width)));
        }

        var block = destination[..(4 * width)];
        TensorPrimitives.Multiply(block, _factor, block);
        TensorPrimitives.Exp(block, block);
    }
}
