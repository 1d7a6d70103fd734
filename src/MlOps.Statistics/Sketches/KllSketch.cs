using System.Numerics.Tensors;

namespace MlOps.Statistics;

/// <summary>Answers ranks and quantiles of a stream in a few kilobytes, within a stated error (Karnin, Lang and Liberty, 2016).</summary>
/// <remarks>
/// <para>
/// Every rank is within <see cref="NormalizedRankError"/> of the truth at once with probability 99 %. Minimum and maximum are exact. NaN is
/// a missing value: it is counted in <see cref="MissingCount"/> and otherwise passed over; infinities are ordinary values.
/// </para>
/// <para>
/// Level capacities are those of Apache DataSketches, whose binary format is read and written, plus a buffer of 256 values below them.
/// Deterministic: the same values in the same order give the same sketch, one by one or in batches. Not safe for concurrent use; merge
/// per-thread sketches. Adding allocates only when a level is added: about once each time the count doubles.
/// </para>
/// </remarks>
public sealed partial class KllSketch
{
    private const int MinimumLevelCapacity = 8;
    private const int MaximumLevels = 60;

    // Level 0 is halved only with this many values above its capacity: one large sort costs less than many small ones.
    private const int BufferCapacity = 256;

    // Level h holds the values from _starts[h] to _starts[h + 1], of weight 2^h; all but the lowest, which grows downwards, are sorted.
    private readonly int[] _starts = new int[MaximumLevels + 2];
    private readonly int[] _capacityAtDepth;
    private double[] _items;
    private int _levels = 1;
    private int _minimumK;
    private ulong _coin;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;

    /// <summary>Creates an empty sketch.</summary>
    /// <param name="k">The capacity of the top level, from 8 to 65,535: 200 gives a rank error of 1.33 %, 1,024 of 0.27 %.</param>
    public KllSketch(int k = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, 65_535);
        K = k;
        _minimumK = k;
        _capacityAtDepth = CapacitiesByDepth(k);
        _items = new double[k + BufferCapacity];
        _starts[0] = _starts[1] = _items.Length;
    }

    /// <summary>The capacity of the top level.</summary>
    public int K { get; }

    /// <summary>How many values were added, missing ones not counted.</summary>
    public long Count { get; private set; }

    /// <summary>How many NaN were added.</summary>
    public long MissingCount { get; private set; }

    /// <summary>The least value; NaN when empty.</summary>
    public double Minimum => Count == 0 ? double.NaN : _minimum;

    /// <summary>The greatest value; NaN when empty.</summary>
    public double Maximum => Count == 0 ? double.NaN : _maximum;

    /// <summary>The largest rank error that holds with 99 %, as a share of the count: 2.296 / k^0.9723, as Apache DataSketches states
    /// it.</summary>
    public double NormalizedRankError => 2.296 / Math.Pow(_minimumK, 0.9723);

    /// <summary>Whether nothing was halved yet, so that every answer is exact.</summary>
    public bool IsExact => _levels == 1;

    private int Retained => _items.Length - _starts[0];

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            MissingCount++;
            return;
        }

        if (value < _minimum)
        {
            _minimum = value;
        }

        if (value > _maximum)
        {
            _maximum = value;
        }

        if (_starts[0] == 0)
        {
            MakeRoom();
        }

        _items[--_starts[0]] = value;
        Count++;
    }

    /// <summary>Adds values.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        while (!values.IsEmpty)
        {
            if (_starts[0] == 0)
            {
                MakeRoom();
            }

            var chunk = values[..Math.Min(values.Length, _starts[0])];
            values = values[chunk.Length..];
            var least = TensorPrimitives.Min(chunk);
            if (double.IsNaN(least))
            {
                foreach (var value in chunk)
                {
                    Add(value);
                }

                continue;
            }

            _minimum = Math.Min(_minimum, least);
            _maximum = Math.Max(_maximum, TensorPrimitives.Max(chunk));
            var target = _items.AsSpan(_starts[0] - chunk.Length, chunk.Length);
            chunk.CopyTo(target);
            target.Reverse();
            _starts[0] -= chunk.Length;
            Count += chunk.Length;
        }
    }

    /// <summary>Takes in another sketch of the same <see cref="K"/>, which stays as it is; the error bound holds for the union.</summary>
    public void Merge(KllSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.K != K)
        {
            throw new ArgumentException($"A sketch with k = {other.K} cannot be merged into one with k = {K}.", nameof(other));
        }

        var levels = Math.Max(_levels, other._levels);
        var items = new double[Math.Max(Capacity(levels), Retained + other.Retained)];
        var starts = new int[levels + 1];
        var end = items.Length;
        starts[levels] = end;
        for (var height = levels - 1; height >= 0; height--)
        {
            var mine = Level(height);
            var theirs = other.Level(height);
            end -= mine.Length + theirs.Length;
            starts[height] = end;
            mine.CopyTo(items.AsSpan(end));
            theirs.CopyTo(items.AsSpan(end + mine.Length));
            if (height > 0)
            {
                items.AsSpan(end, mine.Length + theirs.Length).Sort();
            }
        }

        (Count, MissingCount) = (checked(Count + other.Count), checked(MissingCount + other.MissingCount));
        _minimum = Math.Min(_minimum, other._minimum);
        _maximum = Math.Max(_maximum, other._maximum);
        _minimumK = other.IsExact ? _minimumK : Math.Min(_minimumK, other._minimumK);
        _items = items;
        _levels = levels;
        starts.CopyTo(_starts.AsSpan());
        Shrink(BufferCapacity);
    }

    /// <summary>The share of values at most <paramref name="value"/>; NaN when empty.</summary>
    public double Rank(double value)
    {
        if (Count == 0)
        {
            return double.NaN;
        }

        long weight = 0;
        for (var height = 0; height < _levels; height++)
        {
            foreach (var retained in Level(height))
            {
                weight += retained <= value ? 1L << height : 0;
            }
        }

        return (double)weight / Count;
    }

    /// <summary>The value whose rank is <paramref name="probability"/>; NaN when empty.</summary>
    /// <param name="probability">From 0 (the minimum) to 1 (the maximum).</param>
    public double Quantile(double probability)
    {
        Span<double> result = [0];
        Quantiles([probability], result);
        return result[0];
    }

    /// <summary>Answers several quantiles with one sort.</summary>
    public void Quantiles(ReadOnlySpan<double> probabilities, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, probabilities.Length);
        if (Count == 0)
        {
            destination[..probabilities.Length].Fill(double.NaN);
            return;
        }

        var (values, below) = SortedView();
        for (var i = 0; i < probabilities.Length; i++)
        {
            var probability = probabilities[i];
            if (!(probability is >= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(probabilities), probability, "A probability lies between 0 and 1.");
            }

            destination[i] = probability switch
            {
                0 => _minimum,
                1 => _maximum,
                _ => values[Math.Min(FirstAtLeast(below, (long)Math.Ceiling(probability * Count)), values.Length - 1)],
            };
        }
    }

    /// <summary>The retained values in order, each with the weight of all values up to and with it.</summary>
    internal (double[] Values, long[] CumulativeWeights) SortedView()
    {
        var values = _items.AsSpan(_starts[0]).ToArray();
        var weights = new long[values.Length];
        for (var height = 0; height < _levels; height++)
        {
            weights.AsSpan(_starts[height] - _starts[0], _starts[height + 1] - _starts[height]).Fill(1L << height);
        }

        Array.Sort(values, weights);
        for (var i = 1; i < weights.Length; i++)
        {
            weights[i] += weights[i - 1];
        }

        return (values, weights);
    }

    private static int FirstAtLeast(long[] cumulative, long weight)
    {
        var index = Array.BinarySearch(cumulative, weight);
        return index >= 0 ? index : ~index;
    }
}
