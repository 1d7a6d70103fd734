namespace MlOps.Statistics;

/// <summary>EWMA, also called the geometric moving average (GMA): a weighted average that leaves the mean (Roberts, 1959).</summary>
/// <remarks>
/// <para>
/// For small lasting shifts of any number, when their size is known in its units. With m the mean since the last drift,
/// Z = alpha Z + (1 - alpha)(x - m); Z above the threshold (below its negative for a fall) is a drift. It never warns. On a stationary
/// stream of standard deviation s, Z has the deviation s · sqrt((1 - alpha) / (1 + alpha)), 0.07 s by default: choose the threshold as
/// three to four of those. Defaults are frouros' (<c>GeometricMovingAverage</c>: alpha 0.99, threshold 1, a rise, 30 values before any
/// drift); for a deviation of 1 their threshold is 14 of them, and a step of 1 is not seen. For errors of a model see <see cref="Ecdd"/>.
/// </para>
/// <para>A mean is not robust. NaN, infinities and values beyond ±1e100 are left out; a finite outlier counts.</para>
/// </remarks>
public sealed class Ewma : IDriftDetector
{
    private const uint Tag = 0x4D45_4D4D; // "MMEM"
    private readonly double _alpha;
    private readonly double _threshold;
    private readonly int _warmUp;
    private readonly ShiftDirection _direction;
    private long _count;
    private double _mean;
    private double _average;

    /// <summary>Begins without a past.</summary>
    /// <param name="alpha">The share of the average that is left one value later: 0.99 remembers about 100 values.</param>
    /// <param name="threshold">The distance that is a drift (lambda), in the data's units.</param>
    /// <param name="warmUp">No drift before this many values.</param>
    /// <param name="direction">Which way the mean must move.</param>
    public Ewma(double alpha = 0.99, double threshold = 1, int warmUp = 30, ShiftDirection direction = ShiftDirection.Up)
    {
        _alpha = Parameter.Level(alpha);
        _threshold = Parameter.Positive(threshold);
        _warmUp = Parameter.AtLeast(0, warmUp);
        _direction = Parameter.Direction(direction);
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static Ewma Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "EWMA detector");
        var (alpha, threshold, warmUp, direction) = (reader.Real(), reader.Real(), reader.Int32(), reader.Direction());
        var detector = StreamPayload.Build(() => new Ewma(alpha, threshold, warmUp, direction));
        detector.State = reader.State();
        detector._count = reader.Count();
        detector._mean = reader.Real();
        detector._average = reader.Real();
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
        _average = (_alpha * _average) + ((1 - _alpha) * (value - _mean));
        return State = _count >= _warmUp && _direction.Of(_average, -_average) > _threshold ? DetectorState.Drift : DetectorState.None;
    }

    /// <inheritdoc/>
    public void Reset() => (State, _count, _mean, _average) = (DetectorState.None, 0, 0, 0);

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_alpha);
        writer.Real(_threshold);
        writer.Count(_warmUp);
        writer.Count((long)_direction);
        writer.State(State);
        writer.Count(_count);
        writer.Real(_mean);
        writer.Real(_average);
        return writer.Complete();
    }
}
