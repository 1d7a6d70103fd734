using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>Count, missing values, mean, variance and range of a sample, in one pass over memory; parts add up with <see cref="Merge"/>.</summary>
/// <remarks>
/// Vectorised in blocks, each summed around a centre near its own mean and merged by Chan's formula: no cancellation, whatever the offset of
/// the data. NaN is missing. With an infinite value the mean is infinite (or NaN, with both infinities) and the variance NaN.
/// An empty sample has a NaN mean, variance, minimum and maximum.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct Moments
{
    private const int BlockLength = 2048;
    private readonly double _mean;

    // What the mean lost in rounding: beside a large offset, means of parts differ by less than a digit of theirs.
    private readonly double _meanRest;
    private readonly double _squares;
    private readonly double _minimum;
    private readonly double _maximum;

    private Moments(long count, long missing, double mean, double meanRest, double squares, double minimum, double maximum)
    {
        (Count, MissingCount, _squares, _minimum, _maximum) = (count, missing, squares, minimum, maximum);
        _mean = mean + meanRest;
        _meanRest = double.IsFinite(_mean) ? mean - _mean + meanRest : 0;
    }

    /// <summary>The values that are not NaN.</summary>
    public long Count { get; }

    /// <summary>The values that are NaN.</summary>
    public long MissingCount { get; }

    /// <summary>The arithmetic mean.</summary>
    public double Mean => Count == 0 ? double.NaN : _mean;

    /// <summary>The unbiased sample variance (divisor count - 1); NaN below two values.</summary>
    public double Variance => Count < 2 ? double.NaN : _squares / (Count - 1);

    /// <summary>The square root of <see cref="Variance"/>.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The smallest value.</summary>
    public double Minimum => Count == 0 ? double.NaN : _minimum;

    /// <summary>The largest value.</summary>
    public double Maximum => Count == 0 ? double.NaN : _maximum;

    /// <summary>Measures a sample; allocates nothing.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        var result = default(Moments);
        var centre = 0.0;
        var dense = true;

        // All blocks but the first begin with a cache line, so that no vector straddles two.
        var length = BlockLength - Misaligned(values);
        while (!values.IsEmpty)
        {
            length = Math.Min(length, values.Length);
            result = result.Merge(OfBlock(values[..length], ref centre, ref dense));
            values = values[length..];
            length = BlockLength;
        }

        return result;
    }

    /// <summary>Measures a sample in double precision; allocates nothing.</summary>
    public static Moments Of(ReadOnlySpan<float> values)
    {
        Span<double> block = stackalloc double[BlockLength];
        var result = default(Moments);
        var centre = 0.0;
        var dense = true;
        while (!values.IsEmpty)
        {
            var length = Math.Min(BlockLength, values.Length);
            TensorPrimitives.ConvertTruncating(values[..length], block);
            result = result.Merge(OfBlock(block[..length], ref centre, ref dense));
            values = values[length..];
        }

        return result;
    }

    /// <summary>The moments of this sample and another together.</summary>
    public Moments Merge(Moments other)
    {
        var missing = MissingCount + other.MissingCount;
        if (other.Count == 0)
        {
            return new Moments(Count, missing, _mean, _meanRest, _squares, _minimum, _maximum);
        }

        if (Count == 0)
        {
            return new Moments(other.Count, missing, other._mean, other._meanRest, other._squares, other._minimum, other._maximum);
        }

        var count = Count + other.Count;
        var share = (double)other.Count / count;
        var delta = other._mean - _mean + (other._meanRest - _meanRest);
        var (mean, rest) = double.IsFinite(delta) ? (_mean, _meanRest + (delta * share)) : ((_mean * (1 - share)) + (other._mean * share), 0);
        var between = delta == 0 ? 0 : delta * delta * Count * share;
        return new Moments(
            count, missing, mean, rest, _squares + other._squares + between, Math.Min(_minimum, other._minimum), Math.Max(_maximum, other._maximum));
    }
}
