using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlOps.Statistics.Special;

/// <summary>MurmurHash3 x64 128 (Appleby, 2011; public domain) with the seed 9001 that Apache DataSketches uses.</summary>
internal static class Murmur3
{
    private const ulong Seed = 9001;
    private const ulong C1 = 0x87C37B91114253D5;
    private const ulong C2 = 0x4CF5AD432745937F;

    /// <summary>The hash of the eight little-endian bytes of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong Low, ulong High) Hash(ulong value) => Finish(Seed ^ Scramble(value, C1, 31, C2), Seed, sizeof(ulong));

    /// <summary>The hash of a number: both zeros are one, and all NaN are one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong Low, ulong High) Hash(double value) =>
        Hash(value == 0 ? 0 : double.IsNaN(value) ? 0x7FF8_0000_0000_0000 : BitConverter.DoubleToUInt64Bits(value));

    public static (ulong Low, ulong High) Hash(ReadOnlySpan<byte> bytes)
    {
        ulong low = Seed, high = Seed;
        var length = (ulong)bytes.Length;
        for (; bytes.Length >= 16; bytes = bytes[16..])
        {
            low ^= Scramble(BinaryPrimitives.ReadUInt64LittleEndian(bytes), C1, 31, C2);
            low = ((BitOperations.RotateLeft(low, 27) + high) * 5) + 0x52DCE729;
            high ^= Scramble(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), C2, 33, C1);
            high = ((BitOperations.RotateLeft(high, 31) + low) * 5) + 0x38495AB5;
        }

        // Missing bytes count as zeros, and a word of zeros changes nothing.
        Span<byte> tail = stackalloc byte[16];
        tail.Clear();
        bytes.CopyTo(tail);
        low ^= Scramble(BinaryPrimitives.ReadUInt64LittleEndian(tail), C1, 31, C2);
        high ^= Scramble(BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]), C2, 33, C1);
        return Finish(low, high, length);
    }

    private static ulong Scramble(ulong word, ulong before, int rotation, ulong after) =>
        BitOperations.RotateLeft(word * before, rotation) * after;

    private static (ulong Low, ulong High) Finish(ulong low, ulong high, ulong length)
    {
        low ^= length;
        high ^= length;
        low += high;
        high += low;
        low = Mix(low);
        high = Mix(high);
        low += high;
        return (low, high + low);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }
}
