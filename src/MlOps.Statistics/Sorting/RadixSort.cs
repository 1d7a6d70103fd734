using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics.Sorting;

/// <summary>Sorts unsigned keys by least-significant-digit passes over the leading bits that differ, then mends the runs that these bits tie.</summary>
/// <remarks>
/// A sample of a million doubles is told apart by its leading 33 bits but for a few per cent, so three passes of 11 bits and a walk replace the
/// six passes of a plain radix sort. A long tied run is sorted by its own leading bits, which are at most 31: no input costs more than six
/// passes. Digits that are constant are skipped.
/// </remarks>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    private const int BlockLength = 1024;
    private const int ComparisonLimit = 700;
    private const int InsertionLimit = 24;

    /// <summary>Sorts the keys with a scratch of the same length.</summary>
    /// <param name="keys">The keys; what they hold afterwards is undefined if the result is in the scratch.</param>
    /// <param name="scratch">At least as long as the keys.</param>
    /// <param name="varying">Has a bit set wherever two keys differ.</param>
    /// <returns>True if the sorted keys are in the scratch.</returns>
    public static bool Sort<TKey>(Span<TKey> keys, Span<TKey> scratch, TKey varying)
        where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>
    {
        if (varying == TKey.Zero)
        {
            return false;
        }

        if (keys.Length < ComparisonLimit)
        {
            keys.Sort();
            return false;
        }

        var high = (Unsafe.SizeOf<TKey>() * 8) - int.CreateTruncating(TKey.LeadingZeroCount(varying));
        var lowest = int.CreateTruncating(TKey.TrailingZeroCount(varying));
        var low = Math.Max(lowest, high - (DigitBits * (keys.Length > 1 << 22 ? 4 : 3)));
        var moved = SortDigits(keys, scratch, low, (high - low + DigitBits - 1) / DigitBits);
        if (low > lowest)
        {
            MendRuns(moved ? scratch[..keys.Length] : keys, moved ? keys : scratch, low);
        }

        return moved;
    }

    private static bool SortDigits<TKey>(Span<TKey> keys, Span<TKey> scratch, int low, int digits)
        where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>
    {
        Span<int> counts = stackalloc int[digits * Buckets];
        for (var start = 0; start < keys.Length; start += BlockLength)
        {
            var block = keys.Slice(start, Math.Min(BlockLength, keys.Length - start));
            for (var digit = 0; digit < digits; digit++)
            {
                CountDigit(block, low + (digit * DigitBits), ref counts[digit * Buckets]);
            }
        }

        var moved = false;
        for (var digit = 0; digit < digits; digit++)
        {
            var offsets = counts.Slice(digit * Buckets, Buckets);
            if (!ToOffsets(offsets, keys.Length))
            {
                continue;
            }

            Scatter(moved ? scratch[..keys.Length] : keys, moved ? keys : scratch, low + (digit * DigitBits), ref offsets[0]);
            moved = !moved;
        }

        return moved;
    }

    private static void CountDigit<TKey>(ReadOnlySpan<TKey> block, int shift, ref int counts)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        foreach (var key in block)
        {
            Unsafe.Add(ref counts, int.CreateTruncating(key >> shift) & (Buckets - 1))++;
        }
    }

    /// <summary>Turns counts into the first position of each bucket; false where one bucket holds everything.</summary>
    private static bool ToOffsets(Span<int> counts, int total)
    {
        var offset = 0;
        foreach (ref var count in counts)
        {
            var own = count;
            if (own == total)
            {
                return false;
            }

            count = offset;
            offset += own;
        }

        return true;
    }

    private static void Scatter<TKey>(ReadOnlySpan<TKey> source, Span<TKey> destination, int shift, ref int offsets)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        ref var target = ref MemoryMarshal.GetReference(destination);
        foreach (var key in source)
        {
            Unsafe.Add(ref target, Unsafe.Add(ref offsets, int.CreateTruncating(key >> shift) & (Buckets - 1))++) = key;
        }
    }

    /// <summary>Sorts each run of keys that agree from bit <paramref name="low"/> upwards where it is out of order.</summary>
    private static void MendRuns<TKey>(Span<TKey> keys, Span<TKey> scratch, int low)
        where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>
    {
        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[i - 1] <= keys[i])
            {
                continue;
            }

            var prefix = keys[i] >> low;
            int start = i - 1, end = i + 1;
            while (start > 0 && keys[start - 1] >> low == prefix)
            {
                start--;
            }

            while (end < keys.Length && keys[end] >> low == prefix)
            {
                end++;
            }

            SortRun(keys[start..end], scratch);
            i = end;
        }
    }

    private static void SortRun<TKey>(Span<TKey> run, Span<TKey> scratch)
        where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>
    {
        if (run.Length > InsertionLimit)
        {
            var varying = TKey.Zero;
            foreach (var key in run)
            {
                varying |= key ^ run[0];
            }

            if (Sort(run, scratch, varying))
            {
                scratch[..run.Length].CopyTo(run);
            }

            return;
        }

        for (var i = 1; i < run.Length; i++)
        {
            var key = run[i];
            var j = i - 1;
            for (; j >= 0 && run[j] > key; j--)
            {
                run[j + 1] = run[j];
            }

            run[j + 1] = key;
        }
    }
}
