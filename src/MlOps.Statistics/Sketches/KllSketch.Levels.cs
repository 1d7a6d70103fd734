using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <content>The levels: their capacities, and how a full one is halved into the next.</content>
public sealed partial class KllSketch
{
    private ReadOnlySpan<double> Level(int height) =>
        height < _levels ? _items.AsSpan(_starts[height].._starts[height + 1]) : [];

    private int Capacity(int levels, int buffer = BufferCapacity)
    {
        var sum = buffer;
        for (var height = 0; height < levels; height++)
        {
            sum += LevelCapacity(levels - 1 - height);
        }

        return sum;
    }

    private int LevelCapacity(int depth) => depth < _capacityAtDepth.Length ? _capacityAtDepth[depth] : MinimumLevelCapacity;

    // k (2/3)^depth, rounded half up; the quotient is the integer one of Apache DataSketches, so that both agree at every k.
    private static int[] CapacitiesByDepth(int k)
    {
        var capacities = new int[31];
        var powerOfThree = 1UL;
        for (var depth = 0; depth < capacities.Length; depth++, powerOfThree *= 3)
        {
            capacities[depth] = Math.Max(MinimumLevelCapacity, (int)((((ulong)(2 * k) << depth) / powerOfThree) + 1) >> 1);
        }

        return capacities;
    }

    private void MakeRoom()
    {
        HalveOneLevel(BufferCapacity);
        if (_items.Length < Capacity(_levels))
        {
            Resize(Capacity(_levels));
        }
    }

    // Halves levels until what is left fits the capacity, and gives the array that length.
    private void Shrink(int buffer)
    {
        while (Retained > Capacity(_levels, buffer))
        {
            HalveOneLevel(buffer);
        }

        if (_items.Length != Capacity(_levels, buffer))
        {
            Resize(Capacity(_levels, buffer));
        }
    }

    private void Resize(int length)
    {
        var items = new double[length];
        _items.AsSpan(_starts[0]).CopyTo(items.AsSpan(length - Retained));
        var shift = length - _items.Length;
        for (var height = 0; height <= _levels; height++)
        {
            _starts[height] += shift;
        }

        _items = items;
    }

    // The lowest level that is full is halved into the next: of its sorted values every other one moves up.
    private void HalveOneLevel(int buffer)
    {
        var height = 0;
        while (_starts[height + 1] - _starts[height] < LevelCapacity(_levels - 1 - height) + (height == 0 ? buffer : 0))
        {
            height++;
        }

        if (height + 1 == _levels)
        {
            _starts[++_levels] = _items.Length;
        }

        // An odd value out stays, so that the total weight is kept to the unit.
        int start = _starts[height], end = _starts[height + 1];
        var keep = (end - start) & 1;
        var half = (end - start) >> 1;
        var pairs = _items.AsSpan(start + keep, 2 * half);
        if (height == 0)
        {
            MergeSort.Sort(pairs);
        }

        for (int i = 0, from = NextCoin(); i < half; i++, from += 2)
        {
            pairs[i] = pairs[from];
        }

        MergeUp(_items.AsSpan(start + keep, _starts[height + 2] - start - keep), half);
        _starts[height + 1] = end - half;

        // What lies below moves up into the gap, so that all free space is at the bottom.
        _items.AsSpan(_starts[0]..(start + keep)).CopyTo(_items.AsSpan(_starts[0] + half));
        for (var lower = 0; lower <= height; lower++)
        {
            _starts[lower] += half;
        }
    }

    // Merges the first run, of the given length, with the run that starts at twice that length; the result ends where the second ended.
    private static void MergeUp(Span<double> items, int length)
    {
        int first = 0, second = 2 * length, target = length;
        while (first < length && second < items.Length)
        {
            // As a branch the choice would be guessed wrong half of the time.
            var takesLeft = items[first] <= items[second] ? 1 : 0;
            items[target++] = items[second + ((first - second) & -takesLeft)];
            first += takesLeft;
            second += 1 - takesLeft;
        }

        items[first..length].CopyTo(items[target..]);
    }

    private int NextCoin()
    {
        _coin += 0x9E3779B97F4A7C15;
        return (int)(SplitMix64.Mix(_coin) & 1);
    }
}
