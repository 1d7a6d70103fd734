using System.Buffers;

namespace MlOps.Statistics.Sorting;

/// <summary>
/// Finds values of given ranks without sorting the sample: a histogram of leading bits, then a sort of the few cells that hold a rank.
/// </summary>
internal static class OrderStatistics
{
    private const int CellBits = 12;
    private const int SortLimit = 4096;

    /// <summary>Writes the values of these ranks (from 0, ascending) in a sample of keys; the keys are overwritten.</summary>
    /// <param name="keys">The keys of the sample.</param>
    /// <param name="varying">Has a bit set wherever two keys differ.</param>
    /// <param name="ranks">The ranks, ascending.</param>
    /// <param name="values">Takes the value of each rank.</param>
    public static void Select(Span<ulong> keys, ulong varying, ReadOnlySpan<int> ranks, Span<double> values) =>
        Select(keys, varying, ranks, 0, values);

    private static void Select(Span<ulong> keys, ulong varying, ReadOnlySpan<int> ranks, int first, Span<double> values)
    {
        if (keys.Length < SortLimit || varying == 0)
        {
            keys.Sort();
            for (var i = 0; i < ranks.Length; i++)
            {
                values[i] = SortKeys.Value(keys[ranks[i] - first]);
            }

            return;
        }

        var shift = Math.Max(0, 64 - System.Numerics.BitOperations.LeadingZeroCount(varying) - CellBits);
        Span<int> counts = stackalloc int[1 << CellBits];
        counts.Clear();
        foreach (var key in keys)
        {
            counts[Cell(key, shift)]++;
        }

        var rented = ArrayPool<ulong>.Shared.Rent(keys.Length);
        int cell = 0, below = first;
        for (int i = 0, end; i < ranks.Length; i = end)
        {
            while (below + counts[cell] <= ranks[i])
            {
                below += counts[cell++];
            }

            for (end = i + 1; end < ranks.Length && ranks[end] < below + counts[cell];)
            {
                end++;
            }

            // The cell's own varying bits are below the shift, so the recursion ends.
            var (gathered, differing) = Gather(keys, cell, shift, rented);
            Select(gathered, differing, ranks[i..end], below, values[i..end]);
        }

        ArrayPool<ulong>.Shared.Return(rented);
    }

    private static (ArraySegment<ulong> Keys, ulong Varying) Gather(ReadOnlySpan<ulong> keys, int cell, int shift, ulong[] into)
    {
        var count = 0;
        ulong varying = 0;
        foreach (var key in keys)
        {
            // Written always, kept only where the cell is the one: no branch to mispredict.
            into[count] = key;
            var kept = Cell(key, shift) == cell ? 1 : 0;
            varying |= (key ^ into[0]) & (ulong)-(long)kept;
            count += kept;
        }

        return (new ArraySegment<ulong>(into, 0, count), varying);
    }

    private static int Cell(ulong key, int shift) => (int)(key >> shift) & ((1 << CellBits) - 1);
}
