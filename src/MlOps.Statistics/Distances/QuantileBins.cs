using System.Buffers;
using System.Numerics;
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
        ref var size = ref MemoryMarshal.GetReference(sizes);
        for (var start = 0; start < values.Length; start += UniformCells.BlockLength)
        {
            var part = values.Slice(start, Math.Min(UniformCells.BlockLength, values.Length - start));
            UniformCells.Write(part, low, scale, Cells - 1, block);
            var written = cells.Slice(start, part.Length);
            for (var i = 0; i < written.Length; i++)
            {
                var cell = UniformCells.Read(block[i]);
                written[i] = (ushort)cell;
                Unsafe.Add(ref size, cell)++;
            }
        }
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
        var count = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            if (marked[cells[i]])
            {
                gathered[count++] = values[i];
            }
        }

        var found = typeof(T) == typeof(double)
            ? FindInGathered(SortedSample.Of(MemoryMarshal.Cast<T, double>(gathered.AsSpan(0, total))), sizes, marked, bins, observed, edges, counts)
            : FindInGathered(SortedSample.Of(MemoryMarshal.Cast<T, float>(gathered.AsSpan(0, total))), sizes, marked, bins, observed, edges, counts);
        ArrayPool<T>.Shared.Return(gathered);
        return found;
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
