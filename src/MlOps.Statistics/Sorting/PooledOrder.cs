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
        while (i < n && j < m)
        {
            var left = Unsafe.Add(ref a, i);
            var right = Unsafe.Add(ref b, j);
            var value = left <= right ? left : right;
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
            while (i < n && Unsafe.Add(ref a, i) == value)
            {
                i++;
            }

            while (j < m && Unsafe.Add(ref b, j) == value)
            {
                j++;
            }

            visitor.Visit(value, i, j);
        }

        while (i < n)
        {
            var value = Unsafe.Add(ref a, i++);
            while (i < n && Unsafe.Add(ref a, i) == value)
            {
                i++;
            }

            visitor.Visit(value, i, j);
        }

        while (j < m)
        {
            var value = Unsafe.Add(ref b, j++);
            while (j < m && Unsafe.Add(ref b, j) == value)
            {
                j++;
            }

            visitor.Visit(value, i, j);
        }
    }

    /// <summary>What a statistic does at each distinct value.</summary>
    public interface IVisitor
    {
        void Visit<T>(T value, long upToX, long upToY)
            where T : unmanaged;
    }
}
