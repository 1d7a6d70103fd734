namespace MlOps.Statistics;

/// <summary>The Page–Hinkley test: the differences from the running mean add up beyond a threshold (Page, 1954; Hinkley, 1971).</summary>
/// <remarks>
/// <para>
/// For any number when the size of a change that matters is known in its units. With m the mean since the last drift, the sum for a rise is
/// S = alpha S + x - m - delta, and S above its least value so far by more than the threshold is a drift; the sum for a fall has + delta
/// and is compared with its greatest. It never warns. Defaults and answers are river's (<c>drift.PageHinkley</c>): delta 0.005, threshold
/// 50, alpha 0.9999, both directions. They are in the units of the data and suit a standard deviation near 1: divide by a typical deviation
/// first, or scale delta and threshold.
/// </para>
/// <para>A mean is not robust. NaN, infinities and values beyond ±1e100 are left out; a finite outlier counts.</para>
/// </remarks>
public sealed class PageHinkley : IDriftDetector
{
    private const uint Tag = 0x4850_4D4D; // "MMPH"
    private readonly int _warmUp;
    private readonly double _delta;
    private readonly double _threshold;
    private readonly double _alpha;
    private readonly ShiftDirection _direction;
    private long _count;
    private double _mean;
    private double _rise;
    private double _least;
    private double _fall;
    private double _most;

    /// <summary>Begins without a past.</summary>
    /// <param name="warmUp">No drift before this many values.</param>
    /// <param name="delta">The difference from the mean that is tolerated, in the data's units.</param>
    /// <param name="threshold">The distance of a sum from its extreme above which it is a drift (lambda), in the data's units.</param>
    /// <param name="alpha">The share of a sum that is left one value later, above 0 and at most 1.</param>
    /// <param name="direction">Which way the mean must move.</param>
    public PageHinkley(
        int warmUp = 30, double delta = 0.005, double threshold = 50, double alpha = 0.9999, ShiftDirection direction = ShiftDirection.Both)
    {
        _warmUp = Parameter.AtLeast(0, warmUp);
        _delta = Parameter.NotNegative(delta);
        _threshold = Parameter.Positive(threshold);
        _alpha = Parameter.Positive(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alpha, 1);
        _direction = Parameter.Direction(direction);
        Reset();
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static PageHinkley Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "Page–Hinkley detector");
        var (warmUp, delta, threshold, alpha, direction) =
            (reader.Int32(), reader.Real(), reader.Real(), reader.Real(), reader.Direction());
        var detector = StreamPayload.Build(() => new PageHinkley(warmUp, delta, threshold, alpha, direction));
        detector.State = reader.State();
        detector._count = reader.Count();
        detector._mean = reader.Real();
        detector._rise = reader.Real();
        detector._least = reader.Real();
        detector._fall = reader.Real();
        detector._most = reader.Real();
        reader.End();
        return detector;
    }

    /// <inheritdoc/>
    public DetectorState Update(double value)
    {
        if (StreamValue.HasNoMean(value))
        {
            return DetectorState.None;
        }

        if (State == DetectorState.Drift)
        {
            Reset();
        }

        _count++;
        _mean += (value - _mean) / _count;
        var difference = value - _mean;
        _rise = (_alpha * _rise) + difference - _delta;
        _least = Math.Min(_least, _rise);
        _fall = (_alpha * _fall) + difference + _delta;
        _most = Math.Max(_most, _fall);
        var reach = _direction.Of(_rise - _least, _most - _fall);
        return State = _count >= _warmUp && reach > _threshold ? DetectorState.Drift : DetectorState.None;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        (State, _count, _mean, _rise, _fall) = (DetectorState.None, 0, 0, 0, 0);
        (_least, _most) = (double.PositiveInfinity, double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(_warmUp);
        writer.Real(_delta);
        writer.Real(_threshold);
        writer.Real(_alpha);
        writer.Count((long)_direction);
        writer.State(State);
        writer.Count(_count);
        writer.Real(_mean);
        writer.Real(_rise);
        writer.Real(_least);
        writer.Real(_fall);
        writer.Real(_most);
        return writer.Complete();
    }
}
