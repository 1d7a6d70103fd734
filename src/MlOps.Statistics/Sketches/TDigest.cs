namespace MlOps.Statistics;

/// <summary>Answers quantiles of a stream in a few kilobytes, most exactly at both ends (merging t-digest; Dunning, 2019, scale function
/// k₁).</summary>
/// <remarks>
/// <para>
/// A centroid spans at most one unit of k₁(q) = δ / 2π · asin(2q − 1), δ being the <see cref="Compression"/>: at rank q a share of about
/// 2π √(q (1 − q)) / δ of the values, and (π / δ)² at the very ends; minimum and maximum are exact. <see cref="RankErrorAt"/> states that
/// share of two neighbours as the error, between whose means an answer is interpolated; without ties half of it is usual. It holds on
/// every stream tried in the tests, but a stream made to defeat the digest can exceed it: <see cref="KllSketch"/> gives a guarantee.
/// </para>
/// <para>
/// NaN is a missing value: it is counted in <see cref="MissingCount"/> and otherwise passed over. Infinities are ordinary values, counted
/// apart, so that they move no centroid. Deterministic: the same values in the same order give the same digest. Not safe for concurrent
/// use, not even to read: an answer takes in what is buffered. Adding allocates nothing.
/// </para>
/// </remarks>
public sealed partial class TDigest
{
    private const int BufferPerCompression = 5;
    private readonly double[] _buffer;
    private readonly double[] _scratchMeans;
    private readonly long[] _scratchWeights;
    private readonly double[] _means;
    private readonly long[] _weights;
    private int _buffered;
    private int _centroids;
    private long _finite;
    private long _negativeInfinities;
    private long _positiveInfinities;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;

    /// <summary>Creates an empty digest.</summary>
    /// <param name="compression">How many centroids there are at most, about, from 20 to 10,000; more are more exact.</param>
    public TDigest(int compression = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(compression, 20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(compression, 10_000);
        Compression = compression;
        var capacity = MaximumCentroids(compression);
        _buffer = new double[BufferPerCompression * compression];
        _means = new double[capacity];
        _weights = new long[capacity];
        _scratchMeans = new double[(2 * capacity) + _buffer.Length];
        _scratchWeights = new long[_scratchMeans.Length];
    }

    /// <summary>How many centroids there are at most, about.</summary>
    public int Compression { get; }

    /// <summary>How many values were added, missing ones not counted.</summary>
    public long Count => _finite + _buffered + _negativeInfinities + _positiveInfinities;

    /// <summary>How many NaN were added.</summary>
    public long MissingCount { get; private set; }

    /// <summary>The least value; NaN when empty.</summary>
    public double Minimum => Count == 0 ? double.NaN : _negativeInfinities > 0 ? double.NegativeInfinity : FiniteExtremes().Minimum;

    /// <summary>The greatest value; NaN when empty.</summary>
    public double Maximum => Count == 0 ? double.NaN : _positiveInfinities > 0 ? double.PositiveInfinity : FiniteExtremes().Maximum;

    /// <summary>The error of a rank, as a share of the count, to expect at most near the given rank: two neighbouring centroids there, and
    /// one value.</summary>
    /// <param name="probability">The rank, from 0 to 1.</param>
    public double RankErrorAt(double probability)
    {
        ThrowIfNoProbability(probability);
        return Count == 0
            ? double.NaN
            : Math.Max(LimitAfter(probability, 2) - probability, LimitAfter(1 - probability, 2) - (1 - probability)) + (1.0 / Count);
    }

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            AddSpecial(value);
            return;
        }

        if (_buffered == _buffer.Length)
        {
            Flush();
        }

        _buffer[_buffered++] = value;
    }

    /// <summary>Adds values.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
    }

    /// <summary>Takes in another digest of the same <see cref="Compression"/>, whose answers stay as they are.</summary>
    public void Merge(TDigest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Compression != Compression)
        {
            throw new ArgumentException(
                $"A digest of compression {other.Compression} cannot be merged into one of {Compression}.", nameof(other));
        }

        Flush();
        other.Flush();
        MissingCount = checked(MissingCount + other.MissingCount);
        _negativeInfinities = checked(_negativeInfinities + other._negativeInfinities);
        _positiveInfinities = checked(_positiveInfinities + other._positiveInfinities);
        _minimum = Math.Min(_minimum, other._minimum);
        _maximum = Math.Max(_maximum, other._maximum);
        _finite = checked(_finite + other._finite);
        var total = MergeCentroids(other._means.AsSpan(0, other._centroids), other._weights.AsSpan(0, other._centroids));
        Compress(total);
    }

    /// <summary>The share of values at most <paramref name="value"/>, interpolated between centroids; NaN when empty or for NaN.</summary>
    public double Rank(double value)
    {
        Flush();
        if (Count == 0 || double.IsNaN(value))
        {
            return double.NaN;
        }

        return value switch
        {
            double.NegativeInfinity => (double)_negativeInfinities / Count,
            double.PositiveInfinity => 1,
            _ => (_negativeInfinities + FiniteRank(value)) / Count,
        };
    }

    /// <summary>The value whose rank is <paramref name="probability"/>, interpolated between centroids; NaN when empty.</summary>
    /// <param name="probability">From 0 (the minimum) to 1 (the maximum).</param>
    public double Quantile(double probability)
    {
        ThrowIfNoProbability(probability);
        Flush();
        if (Count == 0)
        {
            return double.NaN;
        }

        if (probability is 0 or 1)
        {
            return probability == 0 ? Minimum : Maximum;
        }

        var rank = (probability * Count) - _negativeInfinities;
        if (rank < 0 || _finite == 0)
        {
            return rank <= 0 && _negativeInfinities > 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        return rank > _finite && _positiveInfinities > 0 ? double.PositiveInfinity : FiniteQuantile(rank);
    }

    // k₁ runs over δ / 2 units in all, and any two neighbours span more than one: at most δ centroids, and a few for rounding.
    private static int MaximumCentroids(int compression) => compression + 10;

    // With no finite value these are the infinities that hold for an empty set, and an all-infinite digest has one of them as its extreme.
    private (double Minimum, double Maximum) FiniteExtremes()
    {
        Flush();
        return (_minimum, _maximum);
    }

    private static void ThrowIfNoProbability(double probability)
    {
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");
        }
    }

    private void AddSpecial(double value)
    {
        if (double.IsNaN(value))
        {
            MissingCount++;
        }
        else if (value > 0)
        {
            _positiveInfinities++;
        }
        else
        {
            _negativeInfinities++;
        }
    }

    // Half of a centroid lies on either side of its mean; between two means ranks are interpolated.
    private double FiniteRank(double value)
    {
        if (_finite == 0 || value < _minimum)
        {
            return 0;
        }

        if (value >= _maximum)
        {
            return _finite;
        }

        double left = _minimum, below = 0;
        long cumulative = 0;
        for (var i = 0; i < _centroids; i++)
        {
            var middle = cumulative + (_weights[i] / 2.0);
            if (value < _means[i])
            {
                return Interpolate(left, _means[i], value, below, middle);
            }

            (left, below) = (_means[i], middle);
            cumulative += _weights[i];
        }

        return Interpolate(left, _maximum, value, below, _finite);
    }

    private double FiniteQuantile(double rank)
    {
        double left = _minimum, below = 0;
        long cumulative = 0;
        for (var i = 0; i < _centroids; i++)
        {
            var middle = cumulative + (_weights[i] / 2.0);
            if (rank < middle)
            {
                return Math.Clamp(Interpolate(below, middle, rank, left, _means[i]), left, _means[i]);
            }

            (left, below) = (_means[i], middle);
            cumulative += _weights[i];
        }

        return Math.Clamp(Interpolate(below, _finite, rank, left, _maximum), left, _maximum);
    }

    private static double Interpolate(double from, double to, double at, double left, double right)
    {
        var share = ((at / 2) - (from / 2)) / ((to / 2) - (from / 2));
        return double.IsNaN(share) ? right : (left * (1 - share)) + (right * share);
    }
}
