using System.Numerics;
using System.Numerics.Tensors;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Estimates how many distinct values a stream holds, in a few kilobytes (Flajolet et al., 2007; estimator of Ertl,
/// 2017).</summary>
/// <remarks>
/// <para>
/// The relative standard error is 1.04 / √(2^<see cref="Precision"/>): 1.6 % at the default. Merging gives exactly the sketch of the union,
/// in any order. Not safe for concurrent use. Adding allocates nothing.
/// </para>
/// <para>
/// Values are hashed as Apache DataSketches does (MurmurHash3 x64 128, seed 9001), so that sketches made by its libraries and by this one
/// merge. One difference: an empty text is a value here, and passed over there.
/// </para>
/// </remarks>
public sealed partial class HyperLogLog
{
    private const int MinimumPrecision = 4;
    private const int MaximumPrecision = 21;

    // A register holds up to 63: the leading zeros of 64 bits, at most 62, and one.
    private const int MaximumRank = 63;
    private readonly byte[] _registers;

    /// <summary>Creates an empty sketch.</summary>
    /// <param name="precision">The base-2 logarithm of the number of registers (a byte each), from 4 to 21; DataSketches calls it
    /// lgK.</param>
    public HyperLogLog(int precision = 12)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, MinimumPrecision);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, MaximumPrecision);
        Precision = precision;
        _registers = new byte[1 << precision];
    }

    /// <summary>The base-2 logarithm of the number of registers.</summary>
    public int Precision { get; }

    /// <summary>Adds a number; all NaN are one value, and −0 equals 0.</summary>
    public void Add(double value) => Add(Murmur3.Hash(value));

    /// <summary>Adds numbers.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Add(Murmur3.Hash(value));
        }
    }

    /// <summary>Adds an integer, which is another value than the same number as a <see cref="double"/>.</summary>
    public void Add(long value) => Add(Murmur3.Hash(unchecked((ulong)value)));

    /// <summary>Adds a text by its UTF-8 bytes; an unpaired surrogate counts as U+FFFD.</summary>
    public void Add(ReadOnlySpan<char> value) => Add(Utf8Hash.Of(value));

    /// <summary>Adds a byte string, such as a text in UTF-8.</summary>
    public void AddBytes(ReadOnlySpan<byte> value) => Add(Murmur3.Hash(value));

    /// <summary>Adds a value by its well-mixed 128-bit hash.</summary>
    /// <param name="low">The half whose lowest bits choose the register.</param>
    /// <param name="high">The half whose leading zeros are counted.</param>
    public void AddHash(ulong low, ulong high) => Add((low, high));

    /// <summary>Takes in another sketch of the same precision, which stays as it is.</summary>
    public void Merge(HyperLogLog other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Precision != Precision)
        {
            throw new ArgumentException(
                $"A sketch of precision {other.Precision} cannot be merged into one of {Precision}.", nameof(other));
        }

        TensorPrimitives.Max(_registers, other._registers, _registers);
    }

    /// <summary>The estimated number of distinct values.</summary>
    public double Estimate()
    {
        // Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017, algorithm 6: unbiased over the whole range.
        Span<int> histogram = stackalloc int[MaximumRank + 1];
        histogram.Clear();
        foreach (var register in _registers)
        {
            histogram[register]++;
        }

        double m = _registers.Length;
        var z = m * Tau(1 - (histogram[MaximumRank] / m));
        for (var k = MaximumRank - 1; k >= 1; k--)
        {
            z = 0.5 * (z + histogram[k]);
        }

        z += m * Sigma(histogram[0] / m);
        return m * m / (2 * Math.Log(2) * z);
    }

    private void Add((ulong Low, ulong High) hash)
    {
        var register = (int)(hash.Low & (uint)(_registers.Length - 1));
        Raise(register, Math.Min(BitOperations.LeadingZeroCount(hash.High), MaximumRank - 1) + 1);
    }

    private void Raise(int register, int rank)
    {
        if (rank > _registers[register])
        {
            _registers[register] = (byte)rank;
        }
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
