using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MlOps.Statistics.Sorting;

namespace MlOps.Statistics;

/// <summary>Bins at a sample's quantiles, and its counts in them, without sorting it.</summary>
/// <remarks>
/// A small subsample sets a range; values are counted in narrow cells of it, which keep the order of values, so that the counts say in which
/// cell each quantile lies; only the values of those cells are sorted. The result is exact whatever the subsample.
/// </remarks>
internal static class QuantileBins
{
    /// <summary>The default number of bins.</summary>
    public const int Default = 10;

    private const int Cells = 4096;
    private const int SubsampleLength = 1024;
    private const int SortLimit = 4096;
    private const int CompareLimit = 16;

    /// <summary>
    /// Writes the distinct values at ranks b n / bins for b = 1..bins - 1, ascending, and adds the sample's counts in the cells that they bound.
    /// </summary>
    /// <param name="values">The sample; NaN is left out.</param>
    /// <param name="bins">At least 2.</param>
    /// <param name="edges">At least bins - 1.</param>
    /// <param name="counts">At least bins, zero.</param>
    /// <returns>The number of edges; -1 where the sample is empty.</returns>
    public static int Find(ReadOnlySpan<double> values, int bins, Span<double> edges, Span<long> counts)
    {
        if (values.Length > SortLimit)
        {
            return FindInCells(values, bins, edges, counts);
        }

        using var sorted = SortedSample.Of(values);
        return sorted.Keys.IsEmpty ? -1 : FindSorted(sorted.Keys, bins, edges, counts);
    }

    /// <inheritdoc cref="Find(ReadOnlySpan{double}, int, Span{double}, Span{long})"/>
    public static int Find(ReadOnlySpan<float> values, int bins, Span<float> edges, Span<long> counts)
    {
        if (values.Length > SortLimit)
        {
            return FindInCells(values, bins, edges, counts);
        }

        using var sorted = SortedSample.Of(values);
        return sorted.Keys.IsEmpty ? -1 : FindSorted(sorted.Keys, bins, edges, counts);
    }

    /// <summary>The counts of both samples in the reference's bins, the outer two open, a bin including its upper edge; empty where the reference is.</summary>
    public static (long[] Reference, long[] Current) Count(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        var edges = new double[bins - 1];
        var referenceCounts = new long[bins];
        var found = Find(reference, bins, edges, referenceCounts);
        if (found < 0)
        {
            return ([], []);
        }

        var currentCounts = new long[found + 1];
        CellSearch.Count(edges.AsSpan(0, found), current, currentCounts);
        return (referenceCounts[..(found + 1)], currentCounts);
    }

    private static long Rank(long count, int bins, int bin) => Math.Max(0, ((long)((Int128)bin * count / bins)) - 1);

    private static int FindSorted<T, TKey>(ReadOnlySpan<TKey> keys, int bins, Span<T> edges, Span<long> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKey : unmanaged, INumber<TKey>
    {
        var found = 0;
        long below = 0;
        for (var b = 1; b < bins; b++)
        {
            var key = keys[(int)Rank(keys.Length, bins, b)];
            if (found == 0 || SortKeys.Value(key) > double.CreateTruncating(edges[found - 1]))
            {
                long upTo = UpperBound(keys, key);
                edges[found] = T.CreateTruncating(SortKeys.Value(key));
                counts[found++] = upTo - below;
                below = upTo;
            }
        }

        counts[found] = keys.Length - below;
        return found;
    }

    private static int FindInCells<T>(ReadOnlySpan<T> values, int bins, Span<T> edges, Span<long> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var cells = ArrayPool<ushort>.Shared.Rent(values.Length);
        Span<int> sizes = stackalloc int[Cells + 1];
        sizes.Clear();
        var (low, scale) = Range(values, bins);
        CountCells(values, low, scale, cells, sizes);
        long observed = values.Length - sizes[Cells];
        var found = observed == 0 ? -1 : FindInMarked(values, cells.AsSpan(0, values.Length), sizes, bins, observed, edges, counts);
        ArrayPool<ushort>.Shared.Return(cells);
        return found;
    }

    /// <summary>A range that holds the inner quantiles of a subsample, with room on both sides.</summary>
    private static (T Low, T Scale) Range<T>(ReadOnlySpan<T> values, int bins)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> subsample = stackalloc T[SubsampleLength];
        var count = 0;
        for (var i = 0; i < SubsampleLength; i++)
        {
            var value = values[(int)((long)i * values.Length / SubsampleLength)];
            if (!T.IsNaN(value))
            {
                subsample[count++] = value;
            }
        }

        if (count == 0)
        {
            return (T.Zero, T.Zero);
        }

        subsample = subsample[..count];
        subsample.Sort();
        var outside = count / (2 * bins);
        var low = subsample[outside];
        var scale = T.CreateTruncating(Cells) / (subsample[count - 1 - outside] - low);
        return T.IsFinite(low) && T.IsFinite(scale) ? (low, scale) : (T.Zero, T.Zero);
    }

    /// <summary>Writes each value's cell, <see cref="Cells"/> for NaN, and counts the cells.</summary>
    private static void CountCells<T>(ReadOnlySpan<T> values, T low, T scale, Span<ushort> cells, Span<int> sizes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> block = stackalloc T[UniformCells.BlockLength];
        Span<int> odd = stackalloc int[Cells + 1];
        odd.Clear();
        ref var size = ref MemoryMarshal.GetReference(sizes);
        ref var oddSize = ref MemoryMarshal.GetReference(odd);
        ref var written = ref MemoryMarshal.GetReference(cells);
        for (var start = 0; start < values.Length; start += UniformCells.BlockLength)
        {
            var part = values.Slice(start, Math.Min(UniformCells.BlockLength, values.Length - start));
            UniformCells.Write(part, low, scale, Cells - 1, block);
            ref var cell = ref MemoryMarshal.GetReference(block);
            ref var target = ref Unsafe.Add(ref written, start);
            nint i = 0;
            for (; i < part.Length - 1; i += 2)
            {
                int a = UniformCells.Read(Unsafe.Add(ref cell, i)), b = UniformCells.Read(Unsafe.Add(ref cell, i + 1));
                Unsafe.Add(ref target, i) = (ushort)a;
                Unsafe.Add(ref target, i + 1) = (ushort)b;
                Unsafe.Add(ref size, a)++;
                Unsafe.Add(ref oddSize, b)++;
            }

            if (i < part.Length)
            {
                var a = UniformCells.Read(Unsafe.Add(ref cell, i));
                Unsafe.Add(ref target, i) = (ushort)a;
                Unsafe.Add(ref size, a)++;
            }
        }

        TensorPrimitives.Add<int>(sizes, odd, sizes);
    }

    private static int FindInMarked<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<ushort> cells, Span<int> sizes, int bins, long observed, Span<T> edges, Span<long> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<bool> marked = stackalloc bool[Cells + 1];
        marked.Clear();
        var total = 0;
        long below = 0;
        for (int cell = 0, b = 1; cell < Cells && b < bins; cell++)
        {
            below += sizes[cell];
            for (; b < bins && Rank(observed, bins, b) < below; b++)
            {
                total += marked[cell] ? 0 : sizes[cell];
                marked[cell] = true;
            }
        }

        var gathered = ArrayPool<T>.Shared.Rent(total);
        GatherMarked(values, cells, marked, gathered);
        var found = typeof(T) == typeof(double)
            ? FindInGathered(SortedSample.Of(MemoryMarshal.Cast<T, double>(gathered.AsSpan(0, total))), sizes, marked, bins, observed, edges, counts)
            : FindInGathered(SortedSample.Of(MemoryMarshal.Cast<T, float>(gathered.AsSpan(0, total))), sizes, marked, bins, observed, edges, counts);
        ArrayPool<T>.Shared.Return(gathered);
        return found;
    }

    /// <summary>Copies the values of the marked cells, which are few among many: a vector of cells is searched for all of them at once.</summary>
    private static void GatherMarked<T>(ReadOnlySpan<T> values, ReadOnlySpan<ushort> cells, ReadOnlySpan<bool> marked, Span<T> gathered)
        where T : unmanaged
    {
        Span<Vector<ushort>> wanted = stackalloc Vector<ushort>[CompareLimit];
        var distinct = 0;
        for (var cell = 0; cell < Cells && distinct <= CompareLimit; cell++)
        {
            if (marked[cell] && distinct++ < CompareLimit)
            {
                wanted[distinct - 1] = new Vector<ushort>((ushort)cell);
            }
        }

        wanted = distinct > CompareLimit ? [] : wanted[..distinct];
        var count = 0;
        for (var start = 0; start < cells.Length; start += Vector<ushort>.Count)
        {
            if (!wanted.IsEmpty && start <= cells.Length - Vector<ushort>.Count)
            {
                var vector = Vector.LoadUnsafe(ref MemoryMarshal.GetReference(cells), (nuint)start);
                var any = Vector<ushort>.Zero;
                foreach (ref var cell in wanted)
                {
                    any |= Vector.Equals(vector, cell);
                }

                if (any == Vector<ushort>.Zero)
                {
                    continue;
                }
            }

            var end = Math.Min(start + Vector<ushort>.Count, cells.Length);
            for (var i = start; i < end; i++)
            {
                if (marked[cells[i]])
                {
                    gathered[count++] = values[i];
                }
            }
        }
    }

    private static int FindInGathered<T, TKey>(
        SortedSample<TKey> gathered, Span<int> sizes, Span<bool> marked, int bins, long observed, Span<T> edges, Span<long> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKey : unmanaged, INumber<TKey>
    {
        using var owned = gathered;
        var found = 0;
        long below = 0, counted = 0;
        for (int cell = 0, start = 0, b = 1; b < bins; below += sizes[cell], start += marked[cell] ? sizes[cell] : 0, cell++)
        {
            var keys = marked[cell] ? owned.Keys.Slice(start, sizes[cell]) : [];
            for (; b < bins && Rank(observed, bins, b) < below + keys.Length; b++)
            {
                var key = keys[(int)(Rank(observed, bins, b) - below)];
                if (found > 0 && SortKeys.Value(key) <= double.CreateTruncating(edges[found - 1]))
                {
                    continue;
                }

                var upTo = below + UpperBound(keys, key);
                edges[found] = T.CreateTruncating(SortKeys.Value(key));
                counts[found++] = upTo - counted;
                counted = upTo;
            }
        }

        counts[found] = observed - counted;
        return found;
    }

    private static int UpperBound<TKey>(ReadOnlySpan<TKey> keys, TKey key)
        where TKey : unmanaged, INumber<TKey>
    {
        int low = 0, high = keys.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = keys[middle] <= key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
