using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Data.Columns;

/// <summary>Compares runs of values and gives a bit for each, 64 rows a word; the bits past the last row are 0.</summary>
/// <remarks>Vectors of 512 bits fall back to narrower ones where the processor has none.</remarks>
internal static class VectorMarks
{
    /// <summary>Marks the values outside the limits, both of which belong to the inside; NaN lies outside.</summary>
    public static void Outside<T>(ReadOnlySpan<T> values, T min, T max, Span<ulong> marks)
        where T : unmanaged, INumber<T>
    {
        var (low, high) = (Vector512.Create(min), Vector512.Create(max));
        ref var first = ref MemoryMarshal.GetReference(values);
        var row = 0;
        for (; row + 64 <= values.Length; row += 64)
        {
            var inside = 0UL;
            for (var lane = 0; lane < 64; lane += Vector512<T>.Count)
            {
                var vector = Vector512.LoadUnsafe(ref first, (nuint)(row + lane));
                inside |= (Vector512.GreaterThanOrEqual(vector, low) & Vector512.LessThanOrEqual(vector, high)).ExtractMostSignificantBits() << lane;
            }

            marks[row >> 6] = ~inside;
        }

        if (row < values.Length)
        {
            var rest = 0UL;
            for (var i = row; i < values.Length; i++)
            {
                rest |= (values[i] >= min && values[i] <= max ? 0UL : 1UL) << (i - row);
            }

            marks[row >> 6] = rest;
        }
    }

    /// <summary>Marks the rows where the left value is less; false beside NaN.</summary>
    public static void Less<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<ulong> marks)
        where T : unmanaged, INumber<T> => Compare<T, LessThan>(left, right, marks);

    /// <summary>Marks the rows where both values are equal; false beside NaN.</summary>
    public static void Equal<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<ulong> marks)
        where T : unmanaged, INumber<T> => Compare<T, EqualTo>(left, right, marks);

    /// <summary>Clears the marks of NaN.</summary>
    public static void ClearNaN<T>(ReadOnlySpan<T> values, Span<ulong> marks)
        where T : unmanaged, INumber<T>
    {
        var equal = new ulong[marks.Length];
        Compare<T, EqualTo>(values, values, equal);
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] &= equal[i];
        }
    }

    private interface IComparison
    {
        static abstract bool Holds<T>(T left, T right)
            where T : unmanaged, INumber<T>;

        static abstract Vector512<T> Holds<T>(Vector512<T> left, Vector512<T> right)
            where T : unmanaged, INumber<T>;
    }

    private static void Compare<T, TComparison>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<ulong> marks)
        where T : unmanaged, INumber<T>
        where TComparison : struct, IComparison
    {
        right = right[..left.Length];
        ref var firstLeft = ref MemoryMarshal.GetReference(left);
        ref var firstRight = ref MemoryMarshal.GetReference(right);
        var row = 0;
        for (; row + 64 <= left.Length; row += 64)
        {
            var word = 0UL;
            for (var lane = 0; lane < 64; lane += Vector512<T>.Count)
            {
                var at = (nuint)(row + lane);
                word |= TComparison.Holds(Vector512.LoadUnsafe(ref firstLeft, at), Vector512.LoadUnsafe(ref firstRight, at)).ExtractMostSignificantBits() << lane;
            }

            marks[row >> 6] = word;
        }

        if (row < left.Length)
        {
            var rest = 0UL;
            for (var i = row; i < left.Length; i++)
            {
                rest |= (TComparison.Holds(left[i], right[i]) ? 1UL : 0UL) << (i - row);
            }

            marks[row >> 6] = rest;
        }
    }

    private readonly struct LessThan : IComparison
    {
        public static bool Holds<T>(T left, T right)
            where T : unmanaged, INumber<T> => left < right;

        public static Vector512<T> Holds<T>(Vector512<T> left, Vector512<T> right)
            where T : unmanaged, INumber<T> => Vector512.LessThan(left, right);
    }

    private readonly struct EqualTo : IComparison
    {
        public static bool Holds<T>(T left, T right)
            where T : unmanaged, INumber<T> => left == right;

        public static Vector512<T> Holds<T>(Vector512<T> left, Vector512<T> right)
            where T : unmanaged, INumber<T> => Vector512.Equals(left, right);
    }
}
