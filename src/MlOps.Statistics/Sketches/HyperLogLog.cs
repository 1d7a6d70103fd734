using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>Estimates how many distinct values a stream holds, in a few kilobytes (Flajolet et al., 2007; estimator of Ertl, 2017).</summary>
/// <remarks>
/// The relative standard error is 1.04 / √(2^<see cref="Precision"/>): 1.6 % at the default. Merging gives exactly the sketch of the union,
/// in any order. Not safe for concurrent use.
/// </remarks>
public sealed class HyperLogLog
{
    private const byte FormatVersion = 1;
    private readonly byte[] _registers;

    /// <summary>Creates an empty sketch.</summary>
    /// <param name="precision">The base-2 logarithm of the number of registers (a byte each), from 4 to 18.</param>
    public HyperLogLog(int precision = 12)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 18);
        Precision = precision;
        _registers = new byte[1 << precision];
    }

    /// <summary>The base-2 logarithm of the number of registers.</summary>
    public int Precision { get; }

    /// <summary>Adds a number; all NaN are one value, and −0 equals 0.</summary>
    public void Add(double value) =>
        AddHash(Mix(BitConverter.DoubleToUInt64Bits(value == 0 ? 0.0 : double.IsNaN(value) ? double.NaN : value)));

    /// <summary>Adds an integer.</summary>
    public void Add(long value) => AddHash(Mix(unchecked((ulong)value)));

    /// <summary>Adds a text by its UTF-16 code units.</summary>
    public void Add(ReadOnlySpan<char> value) => AddBytes(MemoryMarshal.AsBytes(value));

    /// <summary>Adds a byte string, such as a text in UTF-8; texts must all be added in one encoding.</summary>
    public void AddBytes(ReadOnlySpan<byte> value)
    {
        var hash = Mix((ulong)value.Length);
        while (value.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(value));
            value = value[8..];
        }

        if (!value.IsEmpty)
        {
            Span<byte> tail = stackalloc byte[8];
            tail.Clear();
            value.CopyTo(tail);
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(tail));
        }

        AddHash(hash);
    }

    /// <summary>Adds a value by its well-mixed 64-bit hash.</summary>
    public void AddHash(ulong hash)
    {
        var register = (int)(hash >> (64 - Precision));
        var rank = (byte)Math.Min(BitOperations.LeadingZeroCount(hash << Precision) + 1, 64 - Precision + 1);
        if (rank > _registers[register])
        {
            _registers[register] = rank;
        }
    }

    /// <summary>Takes in another sketch of the same precision, which stays as it is.</summary>
    public void Merge(HyperLogLog other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Precision != Precision)
        {
            throw new ArgumentException($"A sketch of precision {other.Precision} cannot be merged into one of {Precision}.", nameof(other));
        }

        for (var i = 0; i < _registers.Length; i++)
        {
            _registers[i] = Math.Max(_registers[i], other._registers[i]);
        }
    }

    /// <summary>The estimated number of distinct values.</summary>
    public double Estimate()
    {
        // Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017, algorithm 6: unbiased over the whole range.
        var q = 64 - Precision;
        Span<int> histogram = stackalloc int[q + 2];
        histogram.Clear();
        foreach (var register in _registers)
        {
            histogram[register]++;
        }

        double m = _registers.Length;
        var z = m * Tau(1 - (histogram[q + 1] / m));
        for (var k = q; k >= 1; k--)
        {
            z = 0.5 * (z + histogram[k]);
        }

        z += m * Sigma(histogram[0] / m);
        return m * m / (2 * Math.Log(2) * z);
    }

    /// <summary>Writes the versioned form.</summary>
    public byte[] ToArray() => [FormatVersion, (byte)Precision, .. _registers];

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged or of a newer version.</exception>
    public static HyperLogLog Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || bytes[0] != FormatVersion || bytes[1] is < 4 or > 18 || bytes.Length != 2 + (1 << bytes[1]))
        {
            throw new FormatException(bytes.Length > 0 && bytes[0] > FormatVersion
                ? $"The HyperLogLog sketch has format {bytes[0]}; this version reads up to {FormatVersion}. Update MlOps.Statistics."
                : "The bytes are not a HyperLogLog sketch.");
        }

        var sketch = new HyperLogLog(bytes[1]);
        bytes[2..].CopyTo(sketch._registers);
        if (sketch._registers.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(64 - sketch.Precision + 1)))
        {
            throw new FormatException("The HyperLogLog sketch is damaged: a register is out of range.");
        }

        return sketch;
    }

    // The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every input bit changes every output bit with probability one half.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        double y = 1, z = x, previous;
        do
        {
            x *= x;
            previous = z;
            z += x * y;
            y += y;
        }
        while (z != previous);
        return z;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        double y = 1, z = 1 - x, previous;
        do
        {
            x = Math.Sqrt(x);
            previous = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        while (z != previous);
        return z / 3;
    }
}
