using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>Count, missing values, mean, variance and range of a sample, in one pass over memory; parts add up with <see cref="Merge"/>.</summary>
/// <remarks>
/// Vectorised in blocks that stay in the first-level cache, each with its own mean, merged by Chan's formula: no cancellation, whatever the
/// offset of the data. NaN is missing. With an infinite value the mean is infinite (or NaN, with both infinities) and the variance NaN.
/// An empty sample has a NaN mean, variance, minimum and maximum.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Moments
{
    private const int BlockLength = 2048;
    private readonly double _mean;
    private readonly double _squares;
    private readonly double _minimum;
    private readonly double _maximum;

    private Moments(long count, long missing, double mean, double squares, double minimum, double maximum)
    {
        (Count, MissingCount, _mean, _squares, _minimum, _maximum) = (count, missing, mean, squares, minimum, maximum);
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

    /// <summary>Measures a sample.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        var result = default(Moments);
        while (!values.IsEmpty)
        {
            var length = Math.Min(BlockLength, values.Length);
            result = result.Merge(OfBlock(values[..length]));
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
            return new Moments(Count, missing, _mean, _squares, _minimum, _maximum);
        }

        if (Count == 0)
        {
            return new Moments(other.Count, missing, other._mean, other._squares, other._minimum, other._maximum);
        }

        var count = Count + other.Count;
        var share = (double)other.Count / count;
        var delta = other._mean - _mean;
        var mean = double.IsFinite(delta) ? _mean + (delta * share) : (_mean * (1 - share)) + (other._mean * share);
        var between = delta == 0 ? 0 : delta * delta * Count * share;
        return new Moments(
            count, missing, mean, _squares + other._squares + between, Math.Min(_minimum, other._minimum), Math.Max(_maximum, other._maximum));
    }

    private static Moments OfBlock(ReadOnlySpan<double> block)
    {
        var width = Vector<double>.Count;
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(block);
        var sum = Vector<double>.Zero;
        var minimum = new Vector<double>(double.PositiveInfinity);
        var maximum = new Vector<double>(double.NegativeInfinity);
        var present = Vector<long>.Zero;
        foreach (var vector in vectors)
        {
            var known = Vector.Equals(vector, vector);
            present -= known;
            sum += Vector.ConditionalSelect(known, vector, Vector<double>.Zero);
            minimum = Vector.Min(minimum, Vector.ConditionalSelect(known, vector, new Vector<double>(double.PositiveInfinity)));
            maximum = Vector.Max(maximum, Vector.ConditionalSelect(known, vector, new Vector<double>(double.NegativeInfinity)));
        }

        long count = Vector.Sum(present);
        double total = Vector.Sum(sum), low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var i = 0; i < width; i++)
        {
            low = Math.Min(low, minimum[i]);
            high = Math.Max(high, maximum[i]);
        }

        var rest = block[(vectors.Length * width)..];
        foreach (var value in rest)
        {
            if (!double.IsNaN(value))
            {
                count++;
                total += value;
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        if (count == 0)
        {
            return new Moments(0, block.Length, 0, 0, 0, 0);
        }

        var mean = !double.IsFinite(total) && double.IsFinite(low) && double.IsFinite(high) ? ScaledMean(block, count) : total / count;
        return new Moments(count, block.Length - count, mean, Squares(vectors, rest, mean), low, high);
    }

    private static double Squares(ReadOnlySpan<Vector<double>> vectors, ReadOnlySpan<double> rest, double mean)
    {
        var centre = new Vector<double>(mean);
        var squares = Vector<double>.Zero;
        foreach (var vector in vectors)
        {
            var known = Vector.Equals(vector, vector);
            var deviation = Vector.ConditionalSelect(known, vector, centre) - centre;
            squares += deviation * deviation;
        }

        var total = Vector.Sum(squares);
        foreach (var value in rest)
        {
            var deviation = double.IsNaN(value) ? 0 : value - mean;
            total += deviation * deviation;
        }

        return total;
    }

    /// <summary>The mean where the plain sum overflows.</summary>
    private static double ScaledMean(ReadOnlySpan<double> block, long count)
    {
        var mean = 0.0;
        foreach (var value in block)
        {
            mean += double.IsNaN(value) ? 0 : value / count;
        }

        return mean;
    }
}
