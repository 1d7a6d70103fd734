using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>Finds the cell of a value among sorted edges; cell i reaches from edge i - 1, excluded, to edge i, included.</summary>
internal static class CellSearch
{
    private const int CompareLimit = 24;
    private const int BlockLength = 2048;
    private const int Together = 4;

    /// <summary>The number of edges below the value, without a branch that depends on the data.</summary>
    public static int Find<T>(ReadOnlySpan<T> edges, T value)
        where T : unmanaged, INumber<T>
    {
        var start = 0;
        var length = edges.Length;
        while (length > 0)
        {
            var half = length >> 1;
            start = edges[start + half] < value ? start + length - half : start;
            length = half;
        }

        return start;
    }

    /// <inheritdoc cref="Count{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{long})"/>
    public static long Count(ReadOnlySpan<double> edges, ReadOnlySpan<double> values, Span<long> counts) => Count<double>(edges, values, counts);

    /// <summary>Adds the values to the counts of their cells and returns how many were missing.</summary>
    /// <remarks>
    /// Few edges are each compared with every value, which is a vector comparison and an addition. Among many, a table over the range of the
    /// edges says where to start, and a value steps up from there; it is not worth building for few values.
    /// </remarks>
    public static long Count<T>(ReadOnlySpan<T> edges, ReadOnlySpan<T> values, Span<long> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        counts = counts[..(edges.Length + 1)];
        if (edges.Length <= CompareLimit && values.Length >= 64)
        {
            return CountByComparison(edges, values, counts);
        }

        var table = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(edges.Length * 8L, 1024, 1 << 18));
        return values.Length / 4 >= table && T.IsFinite(edges[^1] - edges[0]) && edges[^1] > edges[0]
            ? CountByTable(edges, values, counts, table)
            : CountBySearch(edges, values, counts);
    }

    private static long CountBySearch<T>(ReadOnlySpan<T> edges, ReadOnlySpan<T> values, Span<long> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long missing = 0;
        foreach (var value in values)
        {
            if (T.IsNaN(value))
            {
                missing++;
            }
            else
            {
                counts[Find(edges, value)]++;
            }
        }

        return missing;
    }

    private static long CountByComparison<T>(ReadOnlySpan<T> edges, ReadOnlySpan<T> values, Span<long> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // above[i] counts values above edge i; one more, with an edge that every number reaches, counts the values that are no NaN.
        Span<long> above = stackalloc long[CompareLimit + Together];
        Span<T> limits = stackalloc T[CompareLimit + Together];
        above.Clear();
        limits.Fill(T.PositiveInfinity);
        edges.CopyTo(limits);
        long missing = 0;
        for (var start = 0; start < values.Length; start += BlockLength)
        {
            var block = values.Slice(start, Math.Min(BlockLength, values.Length - start));
            missing += CountMissing(block);
            for (var i = 0; i < edges.Length; i += Together)
            {
                CountAbove(block, limits.Slice(i, Together), above.Slice(i, Together));
            }
        }

        var previous = values.Length - missing;
        for (var i = 0; i < edges.Length; i++)
        {
            counts[i] += previous - above[i];
            previous = above[i];
        }

        counts[edges.Length] += previous;
        return missing;
    }

    private static long CountMissing<T>(ReadOnlySpan<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(block);
        var present = Vector<int>.Zero;
        foreach (var vector in vectors)
        {
            present -= Vector.Equals(vector, vector).As<T, int>();
        }

        long missing = (vectors.Length * Vector<T>.Count) - (Vector.Sum(present) / (Vector<int>.Count / Vector<T>.Count));
        foreach (var value in block[(vectors.Length * Vector<T>.Count)..])
        {
            missing += T.IsNaN(value) ? 1 : 0;
        }

        return missing;
    }

    private static void CountAbove<T>(ReadOnlySpan<T> block, ReadOnlySpan<T> edges, Span<long> above)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A comparison gives -1 in every 32-bit lane of a value above the edge, so a double counts twice.
        Vector<T> edge0 = new(edges[0]), edge1 = new(edges[1]), edge2 = new(edges[2]), edge3 = new(edges[3]);
        Vector<int> above0 = default, above1 = default, above2 = default, above3 = default;
        var lanes = Vector<int>.Count / Vector<T>.Count;
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(block);
        foreach (var vector in vectors)
        {
            above0 -= Vector.GreaterThan(vector, edge0).As<T, int>();
            above1 -= Vector.GreaterThan(vector, edge1).As<T, int>();
            above2 -= Vector.GreaterThan(vector, edge2).As<T, int>();
            above3 -= Vector.GreaterThan(vector, edge3).As<T, int>();
        }

        above[0] += Vector.Sum(above0) / lanes;
        above[1] += Vector.Sum(above1) / lanes;
        above[2] += Vector.Sum(above2) / lanes;
        above[3] += Vector.Sum(above3) / lanes;
        foreach (var value in block[(vectors.Length * Vector<T>.Count)..])
        {
            for (var i = 0; i < Together; i++)
            {
                above[i] += value > edges[i] ? 1 : 0;
            }
        }
    }

    private static long CountByTable<T>(ReadOnlySpan<T> edges, ReadOnlySpan<T> values, Span<long> counts, int table)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var low = edges[0];
        var scale = T.CreateTruncating(table - 1) / (edges[^1] - low);
        if (!T.IsFinite(scale))
        {
            return CountBySearch(edges, values, counts);
        }

        // starts[s] is the number of edges in slots below s. The slot of a value never falls as the value grows, so all those edges are below it.
        var starts = ArrayPool<int>.Shared.Rent(table);
        starts.AsSpan(0, table).Clear();
        foreach (var edge in edges)
        {
            starts[Slot(edge, low, scale, table)]++;
        }

        var total = 0;
        foreach (ref var start in starts.AsSpan(0, table))
        {
            (start, total) = (total, total + start);
        }

        ref var firstStart = ref MemoryMarshal.GetArrayDataReference(starts);
        ref var firstCount = ref MemoryMarshal.GetReference(counts);
        ref var firstEdge = ref MemoryMarshal.GetReference(edges);
        long missing = 0;
        foreach (var value in values)
        {
            if (T.IsNaN(value))
            {
                missing++;
                continue;
            }

            var cell = Unsafe.Add(ref firstStart, Slot(value, low, scale, table));
            while (cell < edges.Length && Unsafe.Add(ref firstEdge, cell) < value)
            {
                cell++;
            }

            Unsafe.Add(ref firstCount, cell)++;
        }

        ArrayPool<int>.Shared.Return(starts);
        return missing;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Slot<T>(T value, T low, T scale, int table)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.ConvertToIntegerNative<int>(T.MinNative(T.MaxNative((value - low) * scale, T.Zero), T.CreateTruncating(table - 1)));
}
