namespace MlOps.Statistics;

/// <summary>DDM, the drift detection method: an error rate that rises above the lowest it had (Gama, Medas, Castillo and Rodrigues,
/// 2004).</summary>
/// <remarks>
/// <para>
/// For the errors of a model, 0 where it was right and 1 where it was wrong (or a loss from 0 to 1), when changes are sudden and large: it
/// is the cheapest and the oldest. With p the error rate since the last drift and s = sqrt(p (1 - p) / n), the least p + s is kept as p_min
/// and s_min; p + s above p_min + 2 s_min is a warning, above p_min + 3 s_min a drift. Defaults are river's (<c>drift.binary.DDM</c>).
/// </para>
/// <para>
/// The minimum is taken over all the past, so false alarms are more frequent than three standard deviations suggest, and a stream that
/// began without any error drifts at its first one. A value outside 0 and 1, an infinity too, is refused; NaN is left out.
/// </para>
/// </remarks>
public sealed class Ddm : IDriftDetector
{
    private const uint Tag = 0x4D44_444D; // "MDDM"
    private readonly int _warmUp;
    private readonly double _warningThreshold;
    private readonly double _driftThreshold;
    private long _count;
    private double _sum;
    private double _leastRate;
    private double _leastDeviation;

    /// <summary>Begins without a past.</summary>
    /// <param name="warmUp">No answer but <see cref="DetectorState.None"/> until more values than this came.</param>
    /// <param name="warningThreshold">The rise that warns, in standard deviations.</param>
    /// <param name="driftThreshold">The rise that is a drift, in standard deviations.</param>
    public Ddm(int warmUp = 30, double warningThreshold = 2, double driftThreshold = 3)
    {
        _warmUp = Parameter.AtLeast(0, warmUp);
        _warningThreshold = Parameter.Positive(warningThreshold);
        _driftThreshold = Parameter.Positive(driftThreshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(warningThreshold, driftThreshold);
        Reset();
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static Ddm Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "DDM detector");
        var (warmUp, warning, drift) = (reader.Int32(), reader.Real(), reader.Real());
        var detector = StreamPayload.Build(() => new Ddm(warmUp, warning, drift));
        detector.State = reader.State();
        detector._count = reader.Count();
        detector._sum = reader.Real();
        detector._leastRate = reader.Real();
        detector._leastDeviation = reader.Real();
        reader.End();
        return detector;
    }

    /// <inheritdoc/>
    public DetectorState Update(double value)
    {
        if (StreamValue.IsMissingShare(value))
        {
            return DetectorState.None;
        }

        if (State == DetectorState.Drift)
        {
            Reset();
        }

        _count++;
        _sum += value;
        return _count > _warmUp ? State = Judge() : DetectorState.None;
    }

    /// <inheritdoc/>
    public void Reset() =>
        (State, _count, _sum, _leastRate, _leastDeviation) = (DetectorState.None, 0, 0, double.PositiveInfinity, double.PositiveInfinity);

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(_warmUp);
        writer.Real(_warningThreshold);
        writer.Real(_driftThreshold);
        writer.State(State);
        writer.Count(_count);
        writer.Real(_sum);
        writer.Real(_leastRate);
        writer.Real(_leastDeviation);
        return writer.Complete();
    }

    private DetectorState Judge()
    {
        var rate = _sum / _count;
        var deviation = Math.Sqrt(rate * (1 - rate) / _count);
        if (rate + deviation <= _leastRate + _leastDeviation)
        {
            (_leastRate, _leastDeviation) = (rate, deviation);
        }

        return rate + deviation > _leastRate + (_driftThreshold * _leastDeviation) ? DetectorState.Drift
            : rate + deviation > _leastRate + (_warningThreshold * _leastDeviation) ? DetectorState.Warning
            : DetectorState.None;
    }
}
