using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>The sum of xᵢyⱼ over many rows, for every pair of columns i ≥ j, gathered block by block of rows.</summary>
/// <remarks>
/// Three columns by three are summed at once, so that each pair of loads feeds three fused operations; sums stay whole vectors until they
/// are read. A Gram matrix takes x = y; a weighted one x = w·y.
/// </remarks>
internal sealed class SymmetricSum
{
    private const int Tile = 3;

    private readonly int _columns;
    private readonly Vector<double>[] _sums;

    /// <param name="columns">The number of columns, a multiple of three: see <see cref="Padded"/>.</param>
    public SymmetricSum(int columns)
    {
        _columns = columns;
        var tiles = columns / Tile;
        _sums = new Vector<double>[tiles * (tiles + 1) / 2 * Tile * Tile];
    }

    /// <summary>The number of columns, rounded up to whole tiles; those that are added hold zeros.</summary>
    public static int Padded(int columns) => (columns + Tile - 1) / Tile * Tile;

    public void Clear() => Array.Clear(_sums);

    /// <summary>Adds a block: columns one after the other, each of a number of rows that is a multiple of a vector's.</summary>
    public void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int rows)
    {
        ref var left = ref MemoryMarshal.GetReference(x[..(_columns * rows)]);
        ref var right = ref MemoryMarshal.GetReference(y[..(_columns * rows)]);
        var at = 0;
        for (var i = 0; i < _columns; i += Tile)
        {
            for (var j = 0; j <= i; j += Tile, at += Tile * Tile)
            {
                AddTile(ref Unsafe.Add(ref left, i * rows), ref Unsafe.Add(ref right, j * rows), rows, ref _sums[at]);
            }
        }
    }

    /// <summary>Writes the sums below and on the diagonal of a square matrix, row by row.</summary>
    public void CopyLower(double[] matrix, int size)
    {
        var at = 0;
        for (var i = 0; i < _columns; i += Tile)
        {
            for (var j = 0; j <= i; j += Tile, at += Tile * Tile)
            {
                for (var cell = 0; cell < Tile * Tile; cell++)
                {
                    int row = i + (cell / Tile), column = j + (cell % Tile);
                    if (row < size && column <= row)
                    {
                        matrix[(row * size) + column] = Vector.Sum(_sums[at + cell]);
                    }
                }
            }
        }
    }

    private static void AddTile(ref double x, ref double y, int rows, ref Vector<double> sums)
    {
        Vector<double> s00 = sums, s01 = Unsafe.Add(ref sums, 1), s02 = Unsafe.Add(ref sums, 2);
        Vector<double> s10 = Unsafe.Add(ref sums, 3), s11 = Unsafe.Add(ref sums, 4), s12 = Unsafe.Add(ref sums, 5);
        Vector<double> s20 = Unsafe.Add(ref sums, 6), s21 = Unsafe.Add(ref sums, 7), s22 = Unsafe.Add(ref sums, 8);
        ref var x1 = ref Unsafe.Add(ref x, rows);
        ref var x2 = ref Unsafe.Add(ref x1, rows);
        ref var y1 = ref Unsafe.Add(ref y, rows);
        ref var y2 = ref Unsafe.Add(ref y1, rows);
        for (nuint r = 0; r < (nuint)rows; r += (nuint)Vector<double>.Count)
        {
            Vector<double> a0 = Vector.LoadUnsafe(ref x, r), a1 = Vector.LoadUnsafe(ref x1, r), a2 = Vector.LoadUnsafe(ref x2, r);
            var b = Vector.LoadUnsafe(ref y, r);
            s00 = Vector.FusedMultiplyAdd(a0, b, s00);
            s10 = Vector.FusedMultiplyAdd(a1, b, s10);
            s20 = Vector.FusedMultiplyAdd(a2, b, s20);
            b = Vector.LoadUnsafe(ref y1, r);
            s01 = Vector.FusedMultiplyAdd(a0, b, s01);
            s11 = Vector.FusedMultiplyAdd(a1, b, s11);
            s21 = Vector.FusedMultiplyAdd(a2, b, s21);
            b = Vector.LoadUnsafe(ref y2, r);
            s02 = Vector.FusedMultiplyAdd(a0, b, s02);
            s12 = Vector.FusedMultiplyAdd(a1, b, s12);
            s22 = Vector.FusedMultiplyAdd(a2, b, s22);
        }

        (sums, Unsafe.Add(ref sums, 1), Unsafe.Add(ref sums, 2)) = (s00, s01, s02);
        (Unsafe.Add(ref sums, 3), Unsafe.Add(ref sums, 4), Unsafe.Add(ref sums, 5)) = (s10, s11, s12);
        (Unsafe.Add(ref sums, 6), Unsafe.Add(ref sums, 7), Unsafe.Add(ref sums, 8)) = (s20, s21, s22);
    }
}
