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
        ref var pivots = ref MemoryMarshal.GetArrayDataReference(index.PivotKeys);
        var span = index.Span;
        var shift = index.BucketShift;
        for (nint i = 0; i < block.Length; i++)
        {
            var found = Unsafe.Add(ref key, i) is var k && k < span
                ? InsideSlot(ref buckets, ref pivots, k, shift)
                : index.OutsideSlot(Unsafe.Add(ref value, i));
            Unsafe.Add(ref slot, i) = (ushort)found;
            Unsafe.Add(ref count, found)++;
        }
    }

    /// <summary>
    /// The slot of a key below the span: it has a bucket, and every cell of a bucket has a pivot, so nothing needs a check.
    /// </summary>
    /// <remarks>
    /// Below, at or above the pivot is the sign of a difference of keys: a comparison of the values would be a branch, mispredicted half the
    /// time.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int InsideSlot(ref ReferenceIndex.Bucket buckets, ref ulong pivots, ulong key, int shift)
    {
        var bucket = Unsafe.Add(ref buckets, (nint)(key >> shift));
        var cell = bucket.Offset + (int)(key >> bucket.Shift);
        var beyond = (long)(key - Unsafe.Add(ref pivots, cell));
        return (3 * cell) + 3 + (int)((beyond >> 63) | (long)((ulong)-beyond >> 63));
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
        Span<int> needed = stackalloc int[BlockLength];
        var total = 0.0;
        for (var start = 0; start < slots.Length; start += BlockLength)
        {
            var end = Math.Min(start + BlockLength, slots.Length);
            total += SumBlock(index, values[start..end], slots[start..end], signs);
            var count = 0;
            for (var i = start; i < end; i++)
            {
                // Written always, kept only where the slot has a position: no branch to mispredict.
                needed[count] = i;
                count += 1 + (positions[slots[i]] >> 31);
            }

            foreach (var i in needed[..count])
            {
                gathered[positions[slots[i]]++] = double.CreateTruncating(values[i]);
            }
        }

        return total;
    }

    /// <summary>A block's sum, in two chains; sums of blocks are summed, as the rounding error of one long chain would show.</summary>
    private static double SumBlock<T>(
        ReferenceIndex index, ReadOnlySpan<T> values, ReadOnlySpan<ushort> slots, ReadOnlySpan<sbyte> signs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double even = 0, odd = 0;
        var i = 0;
        for (; i < slots.Length - 1; i += 2)
        {
            even += Signed(index, values[i], slots[i], signs);
            odd += Signed(index, values[i + 1], slots[i + 1], signs);
        }

        return even + odd + (i < slots.Length ? Signed(index, values[i], slots[i], signs) : 0);
    }

    /// <summary>A value less its slot's origin, with the slot's sign; zero for the sign zero, be the value what it may.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Signed<T>(ReferenceIndex index, T value, int slot, ReadOnlySpan<sbyte> signs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pivots = index.Pivots;
        var cell = (int)((uint)(slot - 2) / 3);
        var rest = double.CreateTruncating(value) - ((uint)cell < (uint)pivots.Length ? pivots[cell] : index.Origin(slot));
        long sign = signs[slot];
        return BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(rest) & -(sign & 1)) ^ (sign & long.MinValue));
    }
}
