using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics.Sorting;

/// <summary>Turns floating-point values into unsigned integers of the same order and back; -0 becomes +0 and NaN is left out.</summary>
/// <remarks>A positive value has its sign bit set, a negative one all its bits flipped, so that integers compare as the values do.</remarks>
internal static class SortKeys
{
    /// <summary>Writes the keys of the values that are not NaN; returns how many, and the bits in which keys differ from the first.</summary>
    public static int Encode(ReadOnlySpan<double> values, Span<ulong> keys, out ulong varying)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var first = ulong.MaxValue;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                first = Of(value);
                break;
            }
        }

        ref var destination = ref MemoryMarshal.GetReference(keys);
        var differing = Vector<ulong>.Zero;
        var count = 0;
        varying = 0;
        foreach (var vector in vectors)
        {
            if (Vector.EqualsAll(vector, vector))
            {
                var bits = Vector.AsVectorInt64(vector + Vector<double>.Zero);
                var key = Vector.AsVectorUInt64(bits ^ ((bits >> 63) | new Vector<long>(long.MinValue)));
                differing |= key ^ new Vector<ulong>(first);
                key.StoreUnsafe(ref Unsafe.Add(ref destination, count));
                count += Vector<double>.Count;
            }
            else
            {
                for (var i = 0; i < Vector<double>.Count; i++)
                {
                    count += Append(vector[i], ref Unsafe.Add(ref destination, count), first, ref varying);
                }
            }
        }

        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
        {
            if (!double.IsNaN(value))
            {
                count += Append(value, ref Unsafe.Add(ref destination, count), first, ref varying);
            }
        }

        for (var i = 0; i < Vector<ulong>.Count; i++)
        {
            varying |= differing[i];
        }

        return count;
    }

    /// <inheritdoc cref="Encode(ReadOnlySpan{double}, Span{ulong}, out ulong)"/>
    public static int Encode(ReadOnlySpan<float> values, Span<uint> keys, out uint varying)
    {
        var count = 0;
        uint first = 0;
        varying = 0;
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                var key = Of(value);
                first = count == 0 ? key : first;
                varying |= key ^ first;
                keys[count++] = key;
            }
        }

        return count;
    }

    public static ulong Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }

    public static uint Of(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value + 0.0f);
        return (uint)(bits ^ ((bits >> 31) | int.MinValue));
    }

    /// <summary>The value of a key (<see cref="ulong"/> of a double, <see cref="uint"/> of a float), or the value itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Value<TKey>(TKey key)
        where TKey : struct
    {
        if (typeof(TKey) == typeof(ulong))
        {
            return Decode((ulong)(object)key);
        }

        if (typeof(TKey) == typeof(uint))
        {
            var bits = (int)(uint)(object)key;
            return BitConverter.Int32BitsToSingle(bits ^ ((~bits >> 31) | int.MinValue));
        }

        return (double)(object)key;
    }

    /// <summary>Turns keys into values in place.</summary>
    public static void DecodeInPlace(Span<ulong> keys)
    {
        var vectors = MemoryMarshal.Cast<ulong, Vector<long>>(keys);
        foreach (ref var vector in vectors)
        {
            vector ^= (~vector >> 63) | new Vector<long>(long.MinValue);
        }

        foreach (ref var key in keys[(vectors.Length * Vector<long>.Count)..])
        {
            key = BitConverter.DoubleToUInt64Bits(Decode(key));
        }
    }

    private static int Append(double value, ref ulong destination, ulong first, ref ulong varying)
    {
        if (double.IsNaN(value))
        {
            return 0;
        }

        destination = Of(value);
        varying |= destination ^ first;
        return 1;
    }

    private static double Decode(ulong key)
    {
        var bits = (long)key;
        return BitConverter.Int64BitsToDouble(bits ^ ((~bits >> 63) | long.MinValue));
    }
}
