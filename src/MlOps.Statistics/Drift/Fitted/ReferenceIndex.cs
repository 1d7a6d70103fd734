using System.Numerics;

namespace MlOps.Statistics;

/// <summary>Cells over the values of a reference such that a number finds its cell in some nanoseconds, whatever the shape of the data.</summary>
/// <remarks>
/// The order-preserving key of a double is cut twice: its top bits choose one of 4096 buckets, the next bits one of the bucket's cells, and each
/// bucket has as many cells as its share of the reference needs. Each cell has a pivot, its heaviest value or its median, and is split into the
/// values below, at and above it: those three are slots, so a heavy value or a distinct value of discrete data has a slot of its own.
/// Before and after the cells there are slots for -infinity, the open tails, +infinity and missing values.
/// </remarks>
internal sealed class ReferenceIndex
{
    private const int TargetCells = 4096;
    private const int MaximumCells = 20_000;
    private const int MaximumSplit = 18;
    private const int BucketBits = 12;

    private readonly DistinctValues _reference;
    private readonly int[] _decileSlots = [];

    public ReferenceIndex(DistinctValues reference)
    {
        _reference = reference;
        var values = reference.Values;
        var first = values.Length > 0 && double.IsNegativeInfinity(values[0]) ? 1 : 0;
        var last = values.Length > first && double.IsPositiveInfinity(values[^1]) ? values.Length - 1 : values.Length;
        DecileEdges = PopulationEdges(reference);
        var layout = Layout(first, last);
        (LowKey, Span, BucketShift, Buckets) = (layout.LowKey, layout.Span, layout.Shift, layout.Buckets);
        var cells = layout.Cells;
        Pivots = new double[cells];
        Edges = new double[cells + 1];
        SlotStarts = new int[(3 * cells) + 6];
        SlotStarts[1] = first;
        SlotStarts[2] = layout.First;
        Fill(layout);
        PivotKeys = Array.ConvertAll(Pivots, pivot => (ulong)(OrderedKey.Of(pivot + 0.0) - LowKey));
        SlotStarts[(3 * cells) + 2] = layout.Last;
        SlotStarts[(3 * cells) + 3] = last;
        SlotStarts[(3 * cells) + 4] = values.Length;
        SlotStarts[(3 * cells) + 5] = values.Length;
        Cumulative = [.. SlotStarts.Select(start => reference.Below[start])];
        Sums = SlotSums();
        _decileSlots = FindDeciles();
    }

    /// <summary>A bucket's cells: the shift that turns a key into a cell, and what is added to it.</summary>
    public readonly record struct Bucket(int Offset, int Shift);

    public long LowKey { get; }

    /// <summary>The keys from <see cref="LowKey"/> on that lie in cells.</summary>
    public ulong Span { get; }

    public int BucketShift { get; }

    public Bucket[] Buckets { get; }

    public double[] Pivots { get; }

    /// <summary>The keys of the pivots less <see cref="LowKey"/>.</summary>
    public ulong[] PivotKeys { get; }

    /// <summary>The lower bounds of the cells, and the upper bound of the last.</summary>
    public double[] Edges { get; }

    /// <summary>The first distinct value of each slot; a slot ends where the next begins.</summary>
    public int[] SlotStarts { get; }

    /// <summary>The reference values before each slot.</summary>
    public long[] Cumulative { get; }

    /// <summary>The sums of the reference values of each slot, less its <see cref="Origin"/>.</summary>
    public double[] Sums { get; }

    /// <summary>Upper edges of ten bins of equal reference mass, fewer where they tie.</summary>
    public double[] DecileEdges { get; }

    /// <summary>The reference values in those bins.</summary>
    public long[] DecileCounts => NumericCells.Counts(_reference, DecileEdges);

    /// <summary>The last slots of the bins below each decile edge; empty where two edges share a cell.</summary>
    public ReadOnlySpan<int> DecileSlots => _decileSlots;

    public int Slots => SlotStarts.Length - 1;

    public int MissingSlot => Slots - 1;

    public DistinctValues Reference => _reference;

    /// <summary>Whether a slot holds one value alone, so that nothing can lie hidden in it.</summary>
    public bool IsPoint(int slot) => slot == 0 || slot >= Slots - 2 || (slot != 1 && slot != Slots - 3 && (slot - 2) % 3 == 1);

    /// <summary>The number that is taken from the values of a slot before they are summed.</summary>
    public double Origin(int slot) => slot <= 1 ? Edges[0] : slot >= Slots - 3 ? Edges[^1] : Pivots[(slot - 2) / 3];

    /// <summary>The slot of a number that is not in a cell.</summary>
    public int OutsideSlot(double value)
    {
        if (double.IsNaN(value))
        {
            return MissingSlot;
        }

        return value < Edges[0]
            ? double.IsNegativeInfinity(value) ? 0 : 1
            : double.IsPositiveInfinity(value) ? Slots - 2 : Slots - 3;
    }

    private static double[] PopulationEdges(DistinctValues reference)
    {
        var edges = new List<double>();
        for (var b = 1L; b < ColumnComparison.Deciles && reference.Total > 0; b++)
        {
            var edge = reference.AtRank(Math.Max(0, (b * reference.Total / ColumnComparison.Deciles) - 1));
            if (edges.Count == 0 || edge > edges[^1])
            {
                edges.Add(edge);
            }
        }

        return [.. edges];
    }

    private sealed record Plan(int First, int Last, long LowKey, ulong Span, int Shift, Bucket[] Buckets, int Cells, long Largest);

    /// <summary>Cells over all finite values, or where a few far ones would make them too coarse, over all but those.</summary>
    private Plan Layout(int first, int last)
    {
        var total = _reference.Below[last] - _reference.Below[first];
        var target = Math.Max(1, total / TargetCells);
        var best = Over(first, last, target);
        foreach (var share in (ReadOnlySpan<int>)[14, 10, 7])
        {
            var cut = total >> share;
            if (best.Largest <= 4 * target || cut == 0)
            {
                break;
            }

            var from = _reference.IndexOfRank(_reference.Below[first] + cut);
            var to = _reference.IndexOfRank(_reference.Below[last] - 1 - cut) + 1;
            var plan = Over(from, to, target);
            best = plan.Largest < best.Largest ? plan : best;
        }

        return best;
    }

    private Plan Over(int first, int last, long target)
    {
        // Slots are written down in 16 bits.
        var plan = Split(first, last, target);
        for (; plan.Cells > MaximumCells; plan = Split(first, last, target))
        {
            target *= 2;
        }

        return plan;
    }

    private Plan Split(int first, int last, long target)
    {
        if (first >= last)
        {
            return new Plan(first, last, OrderedKey.Of(0), 0, 0, [], 0, 0);
        }

        var values = _reference.Values;
        long low = OrderedKey.Of(values[first]), high = OrderedKey.Of(values[last - 1]);
        var shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount((ulong)(high - low)) - BucketBits);
        low = low >> shift << shift;
        var buckets = new Bucket[(int)((ulong)(high - low) >> shift) + 1];
        var cells = 0;
        var largest = 0L;
        for (int b = 0, from = first; b < buckets.Length; b++)
        {
            var to = from;
            while (to < last && (int)((ulong)(OrderedKey.Of(values[to]) - low) >> shift) == b)
            {
                to++;
            }

            var split = 0;
            var limit = Math.Min(Math.Min(shift, MaximumSplit), BitOperations.Log2((uint)Math.Max(1, to - from)) + 3);
            var worst = Hidden(from, to, low, shift, target);
            while (split < limit && worst >= target)
            {
                split++;
                worst = Hidden(from, to, low, shift - split, split == limit ? long.MaxValue : target);
            }

            largest = Math.Max(largest, worst);
            buckets[b] = new Bucket(cells - (b << split), shift - split);
            cells += 1 << split;
            from = to;
        }

        return new Plan(first, last, low, (ulong)buckets.Length << shift, shift, buckets, cells, largest);
    }

    /// <summary>The most values beside the heaviest one in a cell of this width; stops at the first cell that has enough of them.</summary>
    private long Hidden(int from, int to, long low, int shift, long enough)
    {
        var worst = 0L;
        for (var start = from; start < to && worst < enough;)
        {
            var cell = (ulong)(OrderedKey.Of(_reference.Values[start]) - low) >> shift;
            var heaviest = 0L;
            var end = start;
            for (; end < to && (ulong)(OrderedKey.Of(_reference.Values[end]) - low) >> shift == cell; end++)
            {
                heaviest = Math.Max(heaviest, _reference.CountOf(end));
            }

            worst = Math.Max(worst, _reference.Below[end] - _reference.Below[start] - heaviest);
            start = end;
        }

        return worst;
    }

    private void Fill(Plan plan)
    {
        var next = plan.First;
        var decile = 0;
        for (var b = 0; b < plan.Buckets.Length; b++)
        {
            var (offset, shift) = plan.Buckets[b];
            var split = plan.Shift - shift;
            for (var sub = 0; sub < 1 << split; sub++)
            {
                var cell = offset + (b << split) + sub;
                var end = plan.LowKey + (((long)(b << split) + sub + 1) << shift);
                Edges[cell] = Bound(end - (1L << shift));
                var start = next;
                while (next < plan.Last && OrderedKey.Of(_reference.Values[next]) < end)
                {
                    next++;
                }

                while (decile < DecileEdges.Length && start < next && DecileEdges[decile] < _reference.Values[start])
                {
                    decile++;
                }

                var pivot = decile < DecileEdges.Length && start < next && DecileEdges[decile] <= _reference.Values[next - 1]
                    ? Array.BinarySearch(_reference.Values, start, next - start, DecileEdges[decile])
                    : PivotOf(start, next);
                Pivots[cell] = start < next ? _reference.Values[pivot] : Edges[cell];
                SlotStarts[(3 * cell) + 3] = pivot;
                SlotStarts[(3 * cell) + 4] = Math.Min(pivot + 1, next);
                SlotStarts[(3 * cell) + 5] = next;
            }
        }

        Edges[^1] = plan.Cells == 0 ? 0 : Bound(plan.LowKey + (long)plan.Span);
    }

    /// <summary>Beyond the largest number there is infinity, which has a slot of its own.</summary>
    private static double Bound(long key) => Math.Clamp(OrderedKey.Value(key), double.MinValue, double.MaxValue) + 0.0;

    private int PivotOf(int start, int end)
    {
        if (end - start < 2)
        {
            return start;
        }

        var heaviest = start;
        for (var i = start + 1; i < end; i++)
        {
            heaviest = _reference.CountOf(i) > _reference.CountOf(heaviest) ? i : heaviest;
        }

        var mass = _reference.Below[end] - _reference.Below[start];
        return _reference.CountOf(heaviest) * 4 > mass ? heaviest : _reference.IndexOfRank(_reference.Below[start] + (mass / 2));
    }

    private double[] SlotSums()
    {
        var sums = new double[Slots];
        for (var slot = 1; slot < Slots - 2; slot++)
        {
            var origin = Origin(slot);
            for (var i = SlotStarts[slot]; i < SlotStarts[slot + 1]; i++)
            {
                sums[slot] += (_reference.Values[i] - origin) * _reference.CountOf(i);
            }
        }

        return sums;
    }

    private int[] FindDeciles()
    {
        var slots = new int[DecileEdges.Length];
        for (var b = 0; b < slots.Length; b++)
        {
            var index = Array.BinarySearch(_reference.Values, DecileEdges[b]);
            var slot = Array.BinarySearch(SlotStarts, index);
            slot = slot >= 0 ? slot : ~slot - 1;
            while (SlotStarts[slot + 1] <= index)
            {
                slot++;
            }

            if (!IsPoint(slot))
            {
                return [];
            }

            slots[b] = slot;
        }

        return slots;
    }
}
