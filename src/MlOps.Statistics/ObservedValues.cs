using System.Buffers;
using System.Runtime.InteropServices;
using MlOps.Statistics.Sorting;

namespace MlOps.Statistics;

/// <summary>Copies samples without their missing values.</summary>
internal static class ObservedValues
{
    /// <summary>The values that are not NaN, sorted, with negative zero as zero.</summary>
    public static double[] Sorted(ReadOnlySpan<double> values)
    {
        var observed = new double[values.Length];
        var keys = MemoryMarshal.Cast<double, ulong>(observed.AsSpan());
        var count = SortKeys.Encode(values, keys, out var varying);
        keys = keys[..count];
        var scratch = ArrayPool<ulong>.Shared.Rent(count);
        if (RadixSort.Sort(keys, scratch, varying))
        {
            scratch.AsSpan(0, count).CopyTo(keys);
        }

        ArrayPool<ulong>.Shared.Return(scratch);
        SortKeys.DecodeInPlace(keys);
        Array.Resize(ref observed, count);
        return observed;
    }
}
