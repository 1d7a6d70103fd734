using System.Buffers;
using System.Numerics;

namespace MlOps.Statistics;

/// <summary>Exact statistics of a sample against a reference whose values are known, without sorting the sample.</summary>
/// <remarks>
/// The values are counted, and for the distance also summed, in the slots of a <see cref="ReferenceIndex"/>. The counts at a slot's ends bound both
/// distribution functions inside it, which tells the slots that may hold the largest difference, and those in which the functions may cross.
/// Only the values in those are gathered in a second pass and sorted; everywhere else the ends, or the sums, say all.
/// Scratch, rented: 4 bytes a slot for counts, 8 for sums, 4 for positions, 2 for each value and 8 for each gathered one.
/// </remarks>
internal ref struct ExactComparison
{
    private readonly ReferenceIndex _index;
    private readonly int _slots;
    private readonly int[] _counts;
    private readonly sbyte[] _signs;
    private readonly int[] _positions;
    private readonly ushort[] _found;
    private double[] _gathered = [];

    private ExactComparison(ReferenceIndex index, int length)
    {
        _index = index;
        _slots = index.Slots;
        _counts = Rent<int>(_slots);
        _positions = Rent<int>(_slots);
        _found = ArrayPool<ushort>.Shared.Rent(length);
        _signs = Rent<sbyte>(_slots);
    }

    public static ExactStatistics Of<T>(ReferenceIndex index, ReadOnlySpan<T> values, bool statistic, bool distance, bool deciles)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var comparison = new ExactComparison(index, values.Length);
        try
        {
            return comparison.Compute(values, statistic, distance, deciles);
        }
        finally
        {
            comparison.Return();
        }
    }

    private ExactStatistics Compute<T>(ReadOnlySpan<T> values, bool statistic, bool distance, bool deciles)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SlotScan.Count(_index, values, _counts, _found);

        long missing = _counts[_index.MissingSlot], m = values.Length - missing, n = _index.Reference.Total;
        var result = new ExactStatistics(m, missing, double.NaN, double.NaN, deciles ? Deciles(values) : []);
        if (n == 0 || m == 0)
        {
            return result;
        }

        var edges = statistic ? LargestAtEdges(n, m) : long.MaxValue;
        var sum = Gather(values, n, m, edges, distance, everything: false);
        var area = distance ? Distance(n, m, sum) : double.NaN;
        if (distance && !double.IsFinite(area))
        {
            // Infinite values, or so large that their sum is: value by value.
            Gather(values, n, m, edges, distance, everything: true);
            area = Distance(n, m, 0);
        }

        return result with { Statistic = statistic ? Statistic(n, m, edges) : double.NaN, Distance = area };
    }

    private readonly long LargestAtEdges(long n, long m)
    {
        var cumulative = _index.Cumulative.AsSpan(0, _slots + 1);
        var below = 0L;
        var largest = 0L;
        for (var slot = 0; slot < cumulative.Length - 2; slot++)
        {
            below += _counts[slot];
            largest = Math.Max(largest, Math.Abs((cumulative[slot + 1] * m) - (below * n)));
        }

        return largest;
    }

    /// <summary>Gathers the values of each slot that may hold the largest difference or a crossing; after that a position is the end of a group.</summary>
    /// <returns>The sum of the values in the other slots, for the distance.</returns>
    private double Gather<T>(ReadOnlySpan<T> values, long n, long m, long edges, bool distance, bool everything)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var total = 0;
        var below = 0L;
        for (var slot = 0; slot < _slots; slot++)
        {
            var upper = below + _counts[slot];
            var point = _index.IsPoint(slot);
            _signs[slot] = !distance || point || everything ? (sbyte)0 : Sign(slot, below, upper, n, m);
            var needed = !point && (Bound(slot, below, upper, n, m) > edges || (distance && _signs[slot] == 0));
            _positions[slot] = needed ? total : -1;
            total += needed ? _counts[slot] : 0;
            below = upper;
        }

        if (total > _gathered.Length)
        {
            ReturnGathered();
            _gathered = ArrayPool<double>.Shared.Rent(total);
        }

        var sum = 0.0;
        if (distance && !everything)
        {
            sum = SlotScan.GatherAndSum(_index, values, _found, _signs, _positions, _gathered);
        }
        else if (total > 0)
        {
            SlotScan.Gather(values, _found, _positions, _gathered);
        }

        for (var slot = 0; slot < _slots; slot++)
        {
            if (_positions[slot] >= 0)
            {
                Group(slot).Sort();
            }
        }

        return sum;
    }

    /// <summary>The most that the difference may come to inside a slot; with one sample alone in it the ends say all.</summary>
    private readonly long Bound(int slot, long lower, long upper, long n, long m)
    {
        long low = _index.Cumulative[slot], high = _index.Cumulative[slot + 1];
        return low == high || lower == upper ? 0 : Math.Max((high * m) - (lower * n), (upper * n) - (low * m));
    }

    /// <summary>Which of the functions is the higher all through a slot: 1 for the reference's, -1 for the current one's, 0 if they may cross.</summary>
    private readonly sbyte Sign(int slot, long lower, long upper, long n, long m)
    {
        long low = _index.Cumulative[slot], high = _index.Cumulative[slot + 1];
        return !double.IsFinite(_index.Sums[slot]) ? (sbyte)0
            : low * m >= upper * n ? (sbyte)1
            : lower * n >= high * m ? (sbyte)-1
            : (sbyte)0;
    }

    private readonly Span<double> Group(int slot) => _gathered.AsSpan(_positions[slot] - _counts[slot], _counts[slot]);

    private readonly double Statistic(long n, long m, long edges)
    {
        var largest = edges;
        var below = 0L;
        for (var slot = 0; slot < _slots; slot++)
        {
            var upper = below + _counts[slot];
            if (_positions[slot] >= 0 && Bound(slot, below, upper, n, m) > largest)
            {
                largest = Math.Max(largest, LargestWithin(slot, below, n, m));
            }

            below = upper;
        }

        // In whole steps of 1/(nm), and divided once: the same number as from the sorted samples.
        return largest / ((double)n * m);
    }

    private readonly long LargestWithin(int slot, long below, long n, long m)
    {
        var reference = _index.Reference;
        var group = Group(slot);
        int i = _index.SlotStarts[slot], end = _index.SlotStarts[slot + 1], j = 0;
        var largest = 0L;
        while (i < end && j < group.Length)
        {
            var value = Math.Min(reference.Values[i], group[j]);
            i += reference.Values[i] == value ? 1 : 0;
            while (j < group.Length && group[j] == value)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs((reference.Below[i] * m) - ((below + j) * n)));
        }

        return largest;
    }

    private readonly double Distance(long n, long m, double sum)
    {
        var cumulative = _index.Cumulative;
        var unit = 1 / ((double)n * m);
        double crossed = 0, gaps = 0, reference = 0;
        var below = 0L;
        for (var slot = 0; slot < _slots - 1; slot++)
        {
            long low = cumulative[slot], high = cumulative[slot + 1], upper = below + _counts[slot];
            if (_index.IsPoint(slot))
            {
                // Mass at an infinity on one side alone is infinitely far from any other place.
                var apart = (slot == 0 && high * m != upper * n) || (slot == _slots - 2 && low * m != below * n);
                crossed += apart ? double.PositiveInfinity : 0;
            }
            else if (_signs[slot] == 0)
            {
                crossed += AreaWithin(slot, below, n, m);
            }
            else
            {
                var (width, fromUpperEnd) = Extent(slot);
                var gap = fromUpperEnd ? (low * m) - (below * n) : (high * m) - (upper * n);
                gaps += width == 0 ? 0 : _signs[slot] * gap * unit * width;
                reference += _signs[slot] * _index.Sums[slot];
            }

            below = upper;
        }

        return Math.Max(0, crossed + gaps - (reference / n) + (sum / m));
    }

    /// <summary>The area between the functions in a slot, value by value.</summary>
    private readonly double AreaWithin(int slot, long below, long n, long m)
    {
        var reference = _index.Reference;
        var group = Group(slot);
        int i = _index.SlotStarts[slot], end = _index.SlotStarts[slot + 1], j = 0;
        var (from, to) = Bounds(slot);
        var gap = double.IsNaN(from) ? 0 : (_index.Cumulative[slot] * m) - (below * n);
        var unit = 1 / ((double)n * m);
        var previous = from;
        var area = 0.0;
        while (i < end || j < group.Length)
        {
            var value = j == group.Length || (i < end && reference.Values[i] <= group[j]) ? reference.Values[i] : group[j];
            area += gap == 0 ? 0 : Math.Abs(gap) * unit * (value - previous);
            if (i < end && reference.Values[i] == value)
            {
                gap += reference.CountOf(i++) * m;
            }

            while (j < group.Length && group[j] == value)
            {
                gap -= n;
                j++;
            }

            previous = value;
        }

        return area + (gap == 0 || double.IsNaN(to) ? 0 : Math.Abs(gap) * unit * (to - previous));
    }

    /// <summary>The ends of a slot between numbers; NaN where it is open.</summary>
    private readonly (double From, double To) Bounds(int slot)
    {
        if (slot == 1)
        {
            return (double.NaN, _index.Edges[0]);
        }

        if (slot == _slots - 3)
        {
            return (_index.Edges[^1], double.NaN);
        }

        var cell = (slot - 2) / 3;
        return (slot - 2) % 3 == 0 ? (_index.Edges[cell], _index.Pivots[cell]) : (_index.Pivots[cell], _index.Edges[cell + 1]);
    }

    /// <summary>
    /// The width of a slot and whether its sums count from its upper end; an open slot needs no width, as the functions meet at its far end.
    /// </summary>
    private readonly (double Width, bool FromUpperEnd) Extent(int slot)
    {
        var (from, to) = Bounds(slot);
        return double.IsNaN(from) ? (0, true) : double.IsNaN(to) ? (0, false) : (to - from, (slot - 2) % 3 == 0);
    }

    private readonly long[] Deciles<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var bins = new long[_index.DecileEdges.Length + 1];
        var slots = _index.DecileSlots;
        if (slots.Length == _index.DecileEdges.Length)
        {
            for (int slot = 0, bin = 0; slot < _slots - 1; slot++)
            {
                bins[bin] += _counts[slot];
                bin += bin < slots.Length && slots[bin] == slot ? 1 : 0;
            }

            return bins;
        }

        foreach (var item in values)
        {
            var value = double.CreateTruncating(item);
            if (!double.IsNaN(value))
            {
                bins[CellSearch.Find(_index.DecileEdges, value)]++;
            }
        }

        return bins;
    }

    private static T[] Rent<T>(int length)
    {
        var array = ArrayPool<T>.Shared.Rent(length);
        array.AsSpan(0, length).Clear();
        return array;
    }

    private readonly void Return()
    {
        ArrayPool<int>.Shared.Return(_counts);
        ArrayPool<int>.Shared.Return(_positions);
        ArrayPool<ushort>.Shared.Return(_found);
        ArrayPool<sbyte>.Shared.Return(_signs);
        ReturnGathered();
    }

    private readonly void ReturnGathered()
    {
        if (_gathered.Length > 0)
        {
            ArrayPool<double>.Shared.Return(_gathered);
        }
    }
}
