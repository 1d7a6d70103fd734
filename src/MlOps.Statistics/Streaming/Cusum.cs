namespace MlOps.Statistics;

/// <summary>CUSUM: a cumulative sum of what exceeds a target by more than a slack (Page, 1954).</summary>
/// <remarks>
/// <para>
/// The optimal chart for a lasting shift of known size against a known level: give the <c>target</c> mean, half the shift as <c>delta</c>
/// and a threshold of 4 to 10 standard deviations. The sum for a rise is S = max(0, S + x - target - delta), for a fall
/// max(0, S + target - x - delta); S above the threshold is a drift. It never warns. Without a target it is the mean since the last drift,
/// as in frouros, whose defaults these are (<c>CUSUM</c>: delta 0.005, threshold 50, a rise, 30 values before any drift); they are in the
/// units of the data and suit a standard deviation near 1.
/// </para>
/// <para>A mean is not robust. NaN, infinities and values beyond ±1e100 are left out; a finite outlier counts.</para>
/// </remarks>
public sealed class Cusum : IDriftDetector
{
    private const uint Tag = 0x5343_4D4D; // "MMCS"
    private readonly double? _target;
    private readonly double _delta;
    private readonly double _threshold;
    private readonly int _warmUp;
    private readonly ShiftDirection _direction;
    private long _count;
    private double _mean;
    private double _rise;
    private double _fall;

    /// <summary>Begins without a past.</summary>
    /// <param name="delta">The slack: a difference that is tolerated, in the data's units.</param>
    /// <param name="threshold">The sum above which it is a drift (lambda), in the data's units.</param>
    /// <param name="warmUp">No drift before this many values.</param>
    /// <param name="direction">Which way the mean must move.</param>
    /// <param name="target">The mean to hold; null for the mean of the stream since the last drift.</param>
    public Cusum(
        double delta = 0.005, double threshold = 50, int warmUp = 30, ShiftDirection direction = ShiftDirection.Up, double? target = null)
    {
        _delta = Parameter.NotNegative(delta);
        _threshold = Parameter.Positive(threshold);
        _warmUp = Parameter.AtLeast(0, warmUp);
        _direction = Parameter.Direction(direction);
        _target = target is not { } mean || !StreamValue.HasNoMean(mean)
            ? target
            : throw new ArgumentOutOfRangeException(nameof(target), target, "The target must be a number within ±1e100.");
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static Cusum Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "CUSUM detector");
        var (delta, threshold, warmUp, direction) = (reader.Real(), reader.Real(), reader.Int32(), reader.Direction());
        double? target = reader.Flag() ? reader.Real() : null;
        var detector = StreamPayload.Build(() => new Cusum(delta, threshold, warmUp, direction, target));
        detector.State = reader.State();
        detector._count = reader.Count();
        detector._mean = reader.Real();
        detector._rise = reader.Real();
        detector._fall = reader.Real();
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
        var difference = value - (_target ?? _mean);
        _rise = Math.Max(0, _rise + difference - _delta);
        _fall = Math.Max(0, _fall - difference - _delta);
        return State = _count >= _warmUp && _direction.Of(_rise, _fall) > _threshold ? DetectorState.Drift : DetectorState.None;
    }

    /// <inheritdoc/>
    public void Reset() => (State, _count, _mean, _rise, _fall) = (DetectorState.None, 0, 0, 0, 0);

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_delta);
        writer.Real(_threshold);
        writer.Count(_warmUp);
        writer.Count((long)_direction);
        writer.Count(_target is null ? 0 : 1);
        if (_target is { } target)
        {
            writer.Real(target);
        }

        writer.State(State);
        writer.Count(_count);
        writer.Real(_mean);
        writer.Real(_rise);
        writer.Real(_fall);
        return writer.Complete();
    }
}
