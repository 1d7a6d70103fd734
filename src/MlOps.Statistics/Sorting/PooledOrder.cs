using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics.Sorting;

/// <summary>Walks the distinct values of two sorted samples together in ascending order.</summary>
internal static class PooledOrder
{
    /// <summary>Shows the visitor each distinct value with the numbers of values of x and of y up to and including it.</summary>
    /// <remarks>Which sample is next is an unpredictable choice, so it is made by arithmetic; only ties branch.</remarks>
    public static void Walk<T, TVisitor>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ref TVisitor visitor)
        where T : unmanaged, INumber<T>
        where TVisitor : struct, IVisitor
    {
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y);
        nint i = 0, j = 0, n = x.Length, m = y.Length;
        while (i < n - 1 && j < m - 1)
        {
            var left = Unsafe.Add(ref a, i);
            var right = Unsafe.Add(ref b, j);
            var takeX = left <= right ? 1 : 0;
            var takeY = right <= left ? 1 : 0;
            i += takeX;
            j += takeY;
            var tiedX = (Unsafe.Add(ref a, i) == left ? 1 : 0) & takeX;
            var tiedY = (Unsafe.Add(ref b, j) == right ? 1 : 0) & takeY;
            if ((tiedX | tiedY) != 0)
            {
                i = AfterTies(ref a, i, n, left <= right ? left : right);
                j = AfterTies(ref b, j, m, left <= right ? left : right);
            }

            visitor.Visit(Smaller(left, right, takeX), i, j);
        }

        while (i < n && j < m)
        {
            var left = Unsafe.Add(ref a, i);
            var right = Unsafe.Add(ref b, j);
            var value = left <= right ? left : right;
            i = AfterTies(ref a, i, n, value);
            j = AfterTies(ref b, j, m, value);
            visitor.Visit(value, i, j);
        }

        while (i < n)
        {
            var value = Unsafe.Add(ref a, i);
            i = AfterTies(ref a, i + 1, n, value);
            visitor.Visit(value, i, j);
        }

        while (j < m)
        {
            var value = Unsafe.Add(ref b, j);
            j = AfterTies(ref b, j + 1, m, value);
            visitor.Visit(value, i, j);
        }
    }

    private static nint AfterTies<T>(ref T values, nint position, nint length, T value)
        where T : unmanaged, INumber<T>
    {
        while (position < length && Unsafe.Add(ref values, position) == value)
        {
            position++;
        }

        return position;
    }

    /// <summary>The left value if takeLeft is 1, the right one if it is 0; by arithmetic, since the compiler makes a choice in a loop a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Smaller<T>(T left, T right, int takeLeft)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(ulong))
        {
            var (l, r) = ((ulong)(object)left, (ulong)(object)right);
            return (T)(object)(r ^ ((l ^ r) & (ulong)-(long)takeLeft));
        }

        if (typeof(T) == typeof(uint))
        {
            var (l, r) = ((uint)(object)left, (uint)(object)right);
            return (T)(object)(r ^ ((l ^ r) & (uint)-takeLeft));
        }

        return takeLeft != 0 ? left : right;
    }

    /// <summary>What a statistic does at each distinct value.</summary>
    public interface IVisitor
    {
        void Visit<T>(T value, long upToX, long upToY)
            where T : unmanaged;
    }
}
