namespace MlOps.Statistics;

/// <summary>HDDM-A: two averages that differ by more than Hoeffding's inequality allows (Frías-Blanco et al., 2015).</summary>
/// <remarks>
/// <para>
/// For values from 0 to 1 (errors, losses, probabilities) of any distribution, when changes are sudden; <see cref="HddmW"/> sees gradual
/// ones sooner. The cut is where the mean plus its bound sqrt(ln(1/c) / 2n) was least; with k values up to the cut and n in all, the mean
/// of all above that of the first k by sqrt((n - k) / (2 k n) · ln(2/c)) is a drift at c = 0.001 and a warning at c = 0.005. Defaults are
/// river's (<c>drift.binary.HDDM_A</c>); a fall is looked for too on request.
/// </para>
/// <para>A value outside 0 and 1, an infinity too, is refused; NaN is left out.</para>
/// </remarks>
public sealed class HddmA : IDriftDetector
{
    private const uint Tag = 0x4148_484D; // "MHHA"
    private readonly double _driftConfidence;
    private readonly double _warningConfidence;
    private readonly bool _twoSided;
    private readonly double _logCut;
    private readonly double _logDrift;
    private readonly double _logWarning;
    private long _count;
    private double _sum;
    private Cut _least;
    private Cut _most;

    /// <summary>Begins without a past.</summary>
    /// <param name="driftConfidence">The error probability c of one comparison that is a drift.</param>
    /// <param name="warningConfidence">The error probability of one comparison that warns, at least the other.</param>
    /// <param name="twoSided">Whether a fall of the mean counts too.</param>
    public HddmA(double driftConfidence = 0.001, double warningConfidence = 0.005, bool twoSided = false)
    {
        _driftConfidence = Parameter.Level(driftConfidence);
        _warningConfidence = Parameter.Level(warningConfidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(driftConfidence, warningConfidence);
        _twoSided = twoSided;
        _logCut = Math.Log(1 / driftConfidence);
        _logDrift = Math.Log(2 / driftConfidence);
        _logWarning = Math.Log(2 / warningConfidence);
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static HddmA Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "HDDM-A detector");
        var (drift, warning, twoSided) = (reader.Real(), reader.Real(), reader.Flag());
        var detector = StreamPayload.Build(() => new HddmA(drift, warning, twoSided));
        detector.State = reader.State();
        detector._count = reader.Count();
        detector._sum = reader.Real();
        detector._least = new Cut(reader.Count(), reader.Real(), reader.Real());
        detector._most = new Cut(reader.Count(), reader.Real(), reader.Real());
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
        var mean = _sum / _count;
        var bound = Math.Sqrt(_logCut / (2.0 * _count));
        if (_least.Count == 0 || mean + bound <= _least.Bound)
        {
            _least = new Cut(_count, mean, mean + bound);
        }

        if (_most.Count == 0 || mean - bound >= _most.Bound)
        {
            _most = new Cut(_count, mean, mean - bound);
        }

        var rise = mean - _least.Mean;
        var fall = _most.Mean - mean;
        return State = IsBeyond(rise, _least, _logDrift) || (_twoSided && IsBeyond(fall, _most, _logDrift)) ? DetectorState.Drift
            : IsBeyond(rise, _least, _logWarning) || (_twoSided && IsBeyond(fall, _most, _logWarning)) ? DetectorState.Warning
            : DetectorState.None;
    }

    /// <inheritdoc/>
    public void Reset() => (State, _count, _sum, _least, _most) = (DetectorState.None, 0, 0, default, default);

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_driftConfidence);
        writer.Real(_warningConfidence);
        writer.Count(_twoSided ? 1 : 0);
        writer.State(State);
        writer.Count(_count);
        writer.Real(_sum);
        _least.Write(writer);
        _most.Write(writer);
        return writer.Complete();
    }

    private bool IsBeyond(double difference, in Cut cut, double logTerm)
    {
        if (difference <= 0 || cut.Count == _count)
        {
            return false;
        }

        var share = (_count - cut.Count) / ((double)cut.Count * _count);
        return difference >= Math.Sqrt(share / 2 * logTerm);
    }

    private readonly record struct Cut(long Count, double Mean, double Bound)
    {
        public void Write(PayloadWriter writer)
        {
            writer.Count(Count);
            writer.Real(Mean);
            writer.Real(Bound);
        }
    }
}
