using System.IO.Hashing;

namespace MlOps.Data.Operations;

/// <summary>Numbers that look random and depend on a seed and a place alone, never on batches, threads or machines.</summary>
/// <remarks>The output function of SplitMix64 (Steele, Lea and Flood 2014) over a counter; keys go through XXH3 first.</remarks>
internal readonly struct SeededHash
{
    private readonly ulong _start;

    /// <param name="seed">The caller's.</param>
    /// <param name="purpose">Keeps operations with the same seed apart: a sample must not be the first part of a split.</param>
    public SeededHash(int seed, ulong purpose)
    {
        _start = Mix(unchecked((ulong)seed + (purpose << 32)) + 0x9E3779B97F4A7C15);
    }

    /// <summary>Equal places have equal numbers, and different places different ones.</summary>
    public ulong At(long place) => Mix(_start + (unchecked((ulong)place + 1) * 0x9E3779B97F4A7C15));

    /// <summary>Equal keys have equal numbers.</summary>
    public ulong Of(ReadOnlySpan<byte> key) => Mix(_start ^ XxHash3.HashToUInt64(key));

    /// <summary>A number in [0, 1).</summary>
    public static double Unit(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
