namespace MlOps.Statistics;

/// <summary>HDDM-W: two exponentially weighted averages that differ by more than McDiarmid's inequality allows (Frías-Blanco et al.,
/// 2015).</summary>
/// <remarks>
/// <para>
/// For values from 0 to 1 (errors, losses, probabilities) of any distribution, when changes are gradual. An average with weight lambda =
/// 0.05 has b = sum of its squared weights; the cut is where average + sqrt(b ln(1/c) / 2) was least. The average since the cut above the
/// one at the cut by sqrt((b1 + b2) ln(1/c) / 2) is a drift at c = 0.001 and a warning at c = 0.005. Defaults are river's
/// (<c>drift.binary.HDDM_W</c>), answers are MOA's: the first value of an average has weight 1, where river's b forgets it and river's
/// average begins again whenever it is exactly 0, so that the first error after right answers alone counts in full.
/// </para>
/// <para>A value outside 0 and 1, an infinity too, is refused; NaN is left out.</para>
/// </remarks>
public sealed class HddmW : IDriftDetector
{
    private const uint Tag = 0x5748_484D; // "MHHW"
    private readonly double _driftConfidence;
    private readonly double _warningConfidence;
    private readonly double _lambda;
    private readonly bool _twoSided;
    private readonly double _halfLogDrift;
    private readonly double _halfLogWarning;
    private Average _total;
    private Average _beforeRise;
    private Average _sinceRise;
    private Average _beforeFall;
    private Average _sinceFall;
    private double _riseCut;
    private double _fallCut;

    /// <summary>Begins without a past.</summary>
    /// <param name="driftConfidence">The error probability c of one comparison that is a drift.</param>
    /// <param name="warningConfidence">The error probability of one comparison that warns, at least the other.</param>
    /// <param name="lambda">The weight of the newest value.</param>
    /// <param name="twoSided">Whether a fall of the mean counts too.</param>
    public HddmW(double driftConfidence = 0.001, double warningConfidence = 0.005, double lambda = 0.05, bool twoSided = false)
    {
        _driftConfidence = Parameter.Level(driftConfidence);
        _warningConfidence = Parameter.Level(warningConfidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(driftConfidence, warningConfidence);
        _lambda = Parameter.Level(lambda);
        _twoSided = twoSided;
        _halfLogDrift = Math.Log(1 / driftConfidence) / 2;
        _halfLogWarning = Math.Log(1 / warningConfidence) / 2;
        Reset();
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static HddmW Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "HDDM-W detector");
        var (drift, warning, lambda, twoSided) = (reader.Real(), reader.Real(), reader.Real(), reader.Flag());
        var detector = StreamPayload.Build(() => new HddmW(drift, warning, lambda, twoSided));
        detector.State = reader.State();
        detector._total = new Average(reader.Real(), reader.Real());
        detector._beforeRise = new Average(reader.Real(), reader.Real());
        detector._sinceRise = new Average(reader.Real(), reader.Real());
        detector._beforeFall = new Average(reader.Real(), reader.Real());
        detector._sinceFall = new Average(reader.Real(), reader.Real());
        detector._riseCut = reader.Real();
        detector._fallCut = reader.Real();
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

        _total = _total.With(value, _lambda);
        var bound = Math.Sqrt(_total.SquaredWeights * _halfLogDrift);
        if (_total.Value + bound < _riseCut)
        {
            (_riseCut, _beforeRise, _sinceRise) = (_total.Value + bound, _total, default);
        }
        else
        {
            _sinceRise = _sinceRise.With(value, _lambda);
        }

        if (_total.Value - bound > _fallCut)
        {
            (_fallCut, _beforeFall, _sinceFall) = (_total.Value - bound, _total, default);
        }
        else
        {
            _sinceFall = _sinceFall.With(value, _lambda);
        }

        return State = Exceeds(_halfLogDrift) ? DetectorState.Drift : Exceeds(_halfLogWarning) ? DetectorState.Warning : DetectorState.None;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        State = DetectorState.None;
        _total = _beforeRise = _sinceRise = _beforeFall = _sinceFall = default;
        (_riseCut, _fallCut) = (double.PositiveInfinity, double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_driftConfidence);
        writer.Real(_warningConfidence);
        writer.Real(_lambda);
        writer.Count(_twoSided ? 1 : 0);
        writer.State(State);
        _total.Write(writer);
        _beforeRise.Write(writer);
        _sinceRise.Write(writer);
        _beforeFall.Write(writer);
        _sinceFall.Write(writer);
        writer.Real(_riseCut);
        writer.Real(_fallCut);
        return writer.Complete();
    }

    private bool Exceeds(double halfLog) =>
        IsAbove(_beforeRise, _sinceRise, halfLog) || (_twoSided && IsAbove(_sinceFall, _beforeFall, halfLog));

    private static bool IsAbove(in Average low, in Average high, double halfLog) =>
        !low.IsEmpty && !high.IsEmpty && high.Value - low.Value > Math.Sqrt((low.SquaredWeights + high.SquaredWeights) * halfLog);

    private readonly record struct Average(double Value, double SquaredWeights)
    {
        public bool IsEmpty => SquaredWeights == 0;

        public Average With(double value, double lambda) => IsEmpty
            ? new Average(value, 1)
            : new Average((lambda * value) + ((1 - lambda) * Value), (lambda * lambda) + ((1 - lambda) * (1 - lambda) * SquaredWeights));

        public void Write(PayloadWriter writer)
        {
            writer.Real(Value);
            writer.Real(SquaredWeights);
        }
    }
}
