using System.Buffers;

namespace MlOps.Statistics.Sorting;

/// <summary>The sorted keys of a sample's observed values in an array borrowed from the pool until it is disposed.</summary>
internal readonly ref struct SortedSample<TKey>
    where TKey : unmanaged
{
    private readonly TKey[] _rented;

    public SortedSample(TKey[] rented, int count)
    {
        _rented = rented;
        Keys = rented.AsSpan(0, count);
    }

    public ReadOnlySpan<TKey> Keys { get; }

    public void Dispose() => ArrayPool<TKey>.Shared.Return(_rented);
}

/// <summary>Sorts samples into pooled scratch: two arrays of the sample's length while it sorts, one until the result is disposed.</summary>
internal static class SortedSample
{
    public static SortedSample<ulong> Of(ReadOnlySpan<double> values)
    {
        var keys = ArrayPool<ulong>.Shared.Rent(values.Length);
        var count = SortKeys.Encode(values, keys, out var varying);
        return Sorted(keys, count, varying);
    }

    public static SortedSample<uint> Of(ReadOnlySpan<float> values)
    {
        var keys = ArrayPool<uint>.Shared.Rent(values.Length);
        var count = SortKeys.Encode(values, keys, out var varying);
        return Sorted(keys, count, varying);
    }

    private static SortedSample<TKey> Sorted<TKey>(TKey[] keys, int count, TKey varying)
        where TKey : unmanaged, System.Numerics.IBinaryInteger<TKey>, System.Numerics.IUnsignedNumber<TKey>
    {
        var scratch = ArrayPool<TKey>.Shared.Rent(count);
        var moved = RadixSort.Sort(keys.AsSpan(0, count), scratch, varying);
        ArrayPool<TKey>.Shared.Return(moved ? keys : scratch);
        return new SortedSample<TKey>(moved ? scratch : keys, count);
    }
}
