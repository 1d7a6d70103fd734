using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>Maps values to cells of equal width in vectors; the map never falls as a value grows, whatever it rounds.</summary>
internal static class UniformCells
{
    public const int BlockLength = 512;

    /// <summary>Writes what <see cref="Read"/> turns into cells: from 0 to <paramref name="last"/>, and one more for NaN.</summary>
    public static void Write<T>(ReadOnlySpan<T> block, T low, T scale, int last, Span<T> cells)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Added to this power of two, a whole number stands in the lowest bits of the sum.
        var magic = T.CreateTruncating(typeof(T) == typeof(double) ? 1L << 52 : 1L << 23);
        Vector<T> lows = new(low), scales = new(scale), lasts = new(T.CreateTruncating(last)), magics = new(magic);
        var missing = new Vector<T>(T.CreateTruncating(last + 1));
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(block);
        var written = MemoryMarshal.Cast<T, Vector<T>>(cells);
        for (var i = 0; i < vectors.Length; i++)
        {
            var vector = vectors[i];

            // Infinity times a scale of zero is NaN, which the native maximum takes to zero like every other value.
            var cell = Vector.MinNative(Vector.MaxNative((vector - lows) * scales, Vector<T>.Zero), lasts);
            written[i] = Vector.ConditionalSelect(Vector.Equals(vector, vector), cell, missing) + magics;
        }

        for (var i = vectors.Length * Vector<T>.Count; i < block.Length; i++)
        {
            var cell = (block[i] - low) * scale;
            cell = cell > T.Zero ? cell : T.Zero;
            cell = cell < T.CreateTruncating(last) ? cell : T.CreateTruncating(last);
            cells[i] = (T.IsNaN(block[i]) ? T.CreateTruncating(last + 1) : cell) + magic;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read<T>(T cell)
        where T : unmanaged => typeof(T) == typeof(double)
            ? (int)BitConverter.DoubleToInt64Bits((double)(object)cell)
            : BitConverter.SingleToInt32Bits((float)(object)cell) & ((1 << 23) - 1);
}
