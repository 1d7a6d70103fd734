using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>The passes over a sample: count its values by slot, then gather those of some slots and sum the others.</summary>
internal static class SlotScan
{
    private const int BlockLength = 512;

    /// <summary>Adds the values to the counts of their slots and writes down the slot of each.</summary>
    public static void Count<T>(ReferenceIndex index, ReadOnlySpan<T> values, Span<int> counts, Span<ushort> slots)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(counts.Length, index.Slots);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots.Length, values.Length);
        Span<double> converted = stackalloc double[typeof(T) == typeof(double) ? 0 : BlockLength];
        Span<ulong> keys = stackalloc ulong[BlockLength];
        for (var start = 0; start < values.Length; start += BlockLength)
        {
            var part = values.Slice(start, Math.Min(BlockLength, values.Length - start));
            var block = typeof(T) == typeof(double) ? MemoryMarshal.Cast<T, double>(part) : Convert(part, converted);
            Keys(block, index.LowKey, keys);
            CountBlock(index, block, keys, counts, slots[start..]);
        }
    }

    private static ReadOnlySpan<double> Convert<T>(ReadOnlySpan<T> values, Span<double> converted)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorPrimitives.ConvertTruncating(values, converted);
        return converted[..values.Length];
    }

    /// <summary>The keys of values less the lowest one; negative zero becomes zero, which its key must equal.</summary>
    private static void Keys(ReadOnlySpan<double> values, long low, Span<ulong> keys)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            ref var source = ref MemoryMarshal.GetReference(values);
            ref var target = ref MemoryMarshal.GetReference(keys);
            var lowest = new Vector<long>(low);
            for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                var bits = Vector.AsVectorInt64(Vector.LoadUnsafe(ref source, (nuint)i) + Vector<double>.Zero);
                var flip = Vector.ShiftRightLogical(Vector.LessThan(bits, Vector<long>.Zero), 1);
                Vector.AsVectorUInt64((bits ^ flip) - lowest).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < values.Length; i++)
        {
            keys[i] = (ulong)(OrderedKey.Of(values[i] + 0.0) - low);
        }
    }

    private static void CountBlock(
        ReferenceIndex index, ReadOnlySpan<double> block, ReadOnlySpan<ulong> keys, Span<int> counts, Span<ushort> slots)
    {
        ref var value = ref MemoryMarshal.GetReference(block);
        ref var key = ref MemoryMarshal.GetReference(keys);
        ref var slot = ref MemoryMarshal.GetReference(slots);
        ref var count = ref MemoryMarshal.GetReference(counts);
        ref var buckets = ref MemoryMarshal.GetArrayDataReference(index.Buckets);
        ref var pivots = ref MemoryMarshal.GetArrayDataReference(index.Pivots);
        var span = index.Span;
        var shift = index.BucketShift;
        for (nint i = 0; i < block.Length; i++)
        {
            var found = Unsafe.Add(ref key, i) is var k && k < span
                ? InsideSlot(ref buckets, ref pivots, k, shift, Unsafe.Add(ref value, i))
                : index.OutsideSlot(Unsafe.Add(ref value, i));
            Unsafe.Add(ref slot, i) = (ushort)found;
            Unsafe.Add(ref count, found)++;
        }
    }

    /// <summary>
    /// The slot of a key below the span: it has a bucket, and every cell of a bucket has a pivot, so nothing needs a check.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int InsideSlot(ref ReferenceIndex.Bucket buckets, ref double pivots, ulong key, int shift, double value)
    {
        var bucket = Unsafe.Add(ref buckets, (nint)(key >> shift));
        var cell = bucket.Offset + (int)(key >> bucket.Shift);
        var pivot = Unsafe.Add(ref pivots, cell);
        return (3 * cell) + 2 + (value >= pivot ? 1 : 0) + (value > pivot ? 1 : 0);
    }

    /// <summary>
    /// Puts the values of the slots that have a position there, group by group, and moves the positions to the ends of their groups.
    /// </summary>
    public static void Gather<T>(ReadOnlySpan<T> values, ReadOnlySpan<ushort> slots, Span<int> positions, Span<double> gathered)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        slots = slots[..values.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            ref var position = ref positions[slots[i]];
            if (position >= 0)
            {
                gathered[position++] = double.CreateTruncating(values[i]);
            }
        }
    }

    /// <summary>
    /// Gathers as <see cref="Gather"/> does and returns the sum of the values less their slots' origins, each with the sign of its slot.
    /// </summary>
    public static double GatherAndSum<T>(
        ReferenceIndex index, ReadOnlySpan<T> values, ReadOnlySpan<ushort> slots, ReadOnlySpan<sbyte> signs,
        Span<int> positions, Span<double> gathered)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        slots = slots[..values.Length];
        var pivots = index.Pivots;
        var total = 0.0;
        for (var start = 0; start < slots.Length; start += BlockLength)
        {
            // Sums of blocks are summed: the rounding error of one long chain would show.
            var end = Math.Min(start + BlockLength, slots.Length);
            var sum = 0.0;
            for (var i = start; i < end; i++)
            {
                int slot = slots[i];
                int sign = signs[slot];
                var value = double.CreateTruncating(values[i]);
                if (positions[slot] >= 0)
                {
                    gathered[positions[slot]++] = value;
                }

                if (sign != 0)
                {
                    var cell = (int)((uint)(slot - 2) / 3);
                    sum += sign * (value - ((uint)cell < (uint)pivots.Length ? pivots[cell] : index.Origin(slot)));
                }
            }

            total += sum;
        }

        return total;
    }
}
