namespace MlOps.Statistics;

/// <summary>RDDM, the reactive drift detection method: <see cref="Ddm"/> that forgets, so that long streams stay sensitive (Barros et al.,
/// 2017).</summary>
/// <remarks>
/// <para>
/// For the errors of a model, 0 where it was right and 1 where it was wrong, on long stationary stretches, where DDM grows deaf. Levels are
/// 1.773 and 2.258 standard deviations from 129 values on. Three rules are added: after 40,000 values without a warning the statistics are
/// made anew from the last 7,000, the least rate and deviation stay; 1,400 warnings in a row are a drift; after a drift the values since
/// the warning that led to it (the last one if none did) begin the new statistics. Defaults are the paper's, MOA's and frouros'.
/// </para>
/// <para>
/// An update that begins anew replays up to 7,000 stored bits, some 20 µs. Any value but 0 and 1, an infinity too, is refused; NaN is left
/// out.
/// </para>
/// </remarks>
public sealed class Rddm : IDriftDetector
{
    private const uint Tag = 0x4452_4D4D; // "MMRD"
    private readonly int _warmUp;
    private readonly double _warningThreshold;
    private readonly double _driftThreshold;
    private readonly int _maxConcept;
    private readonly int _warningLimit;
    private readonly BitWindow _stored;
    private long _count;
    private long _errors;
    private long _warnings;
    private double _leastRate;
    private double _leastDeviation;
    private bool _isTooLong;

    /// <summary>Begins without a past.</summary>
    /// <param name="warmUp">No answer but <see cref="DetectorState.None"/> before this many values.</param>
    /// <param name="warningThreshold">The rise that warns, in standard deviations.</param>
    /// <param name="driftThreshold">The rise that is a drift, in standard deviations.</param>
    /// <param name="maxConcept">After how many values the older ones are forgotten.</param>
    /// <param name="minConcept">How many values are then kept.</param>
    /// <param name="warningLimit">How many warnings in a row are a drift.</param>
    public Rddm(
        int warmUp = 129,
        double warningThreshold = 1.773,
        double driftThreshold = 2.258,
        int maxConcept = 40_000,
        int minConcept = 7_000,
        int warningLimit = 1_400)
    {
        _warmUp = Parameter.AtLeast(1, warmUp);
        _warningThreshold = Parameter.Positive(warningThreshold);
        _driftThreshold = Parameter.Positive(driftThreshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(warningThreshold, driftThreshold);
        _stored = new BitWindow(Parameter.Within(1, 10_000_000, minConcept));
        _maxConcept = Parameter.AtLeast(minConcept + 1, maxConcept);
        _warningLimit = Parameter.AtLeast(1, warningLimit);
        Reset();
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static Rddm Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "RDDM detector");
        var (warmUp, warning, drift) = (reader.Int32(), reader.Real(), reader.Real());
        var (maxConcept, minConcept, warningLimit) = (reader.Int32(), reader.Int32(), reader.Int32());
        var detector = StreamPayload.Build(() => new Rddm(warmUp, warning, drift, maxConcept, minConcept, warningLimit));
        detector.State = reader.State();
        detector._count = reader.Count();
        detector._errors = reader.Count();
        detector._warnings = reader.Count();
        detector._leastRate = reader.Real();
        detector._leastDeviation = reader.Real();
        detector._isTooLong = reader.Flag();
        detector._stored.Read(ref reader);
        reader.End();
        return detector;
    }

    /// <inheritdoc/>
    public DetectorState Update(double value)
    {
        if (StreamValue.IsMissingError(value))
        {
            return DetectorState.None;
        }

        if (State == DetectorState.Drift || _isTooLong)
        {
            Replay();
        }

        var error = (int)value;
        _stored.Add(error);
        _count++;
        _errors += error;
        return State = _count >= _warmUp ? Judge() : DetectorState.None;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _stored.KeepLast(0);
        (State, _count, _errors, _warnings, _isTooLong) = (DetectorState.None, 0, 0, 0, false);
        (_leastRate, _leastDeviation) = (double.PositiveInfinity, double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(_warmUp);
        writer.Real(_warningThreshold);
        writer.Real(_driftThreshold);
        writer.Count(_maxConcept);
        writer.Count(_stored.Capacity);
        writer.Count(_warningLimit);
        writer.State(State);
        writer.Count(_count);
        writer.Count(_errors);
        writer.Count(_warnings);
        writer.Real(_leastRate);
        writer.Real(_leastDeviation);
        writer.Count(_isTooLong ? 1 : 0);
        _stored.Write(writer);
        return writer.Complete();
    }

    private DetectorState Judge()
    {
        var rate = (double)_errors / _count;
        var deviation = Math.Sqrt(rate * (1 - rate) / _count);
        KeepLeast(rate, deviation);
        if (rate + deviation > _leastRate + (_driftThreshold * _leastDeviation))
        {
            // The values since the warning began are the new concept, this one included.
            _stored.KeepLast((int)Math.Min(_warnings + 1, _stored.Capacity));
            return DetectorState.Drift;
        }

        if (rate + deviation > _leastRate + (_warningThreshold * _leastDeviation))
        {
            if (_warnings >= _warningLimit)
            {
                _stored.KeepLast(1);
                return DetectorState.Drift;
            }

            _warnings++;
            return DetectorState.Warning;
        }

        _warnings = 0;
        _isTooLong = _count >= _maxConcept;
        return DetectorState.None;
    }

    // The statistics are made anew from the stored values; the minimum is too after a drift, while a stream cut for its length keeps it.
    private void Replay()
    {
        var afterDrift = State == DetectorState.Drift;
        if (afterDrift)
        {
            (_leastRate, _leastDeviation) = (double.PositiveInfinity, double.PositiveInfinity);
        }

        (_count, _errors, _warnings, _isTooLong) = (0, 0, 0, false);
        for (var i = 0; i < _stored.Count; i++)
        {
            _count++;
            _errors += _stored[i];
            if (afterDrift && _count >= _warmUp)
            {
                var rate = (double)_errors / _count;
                KeepLeast(rate, Math.Sqrt(rate * (1 - rate) / _count));
            }
        }
    }

    private void KeepLeast(double rate, double deviation)
    {
        if (rate + deviation < _leastRate + _leastDeviation)
        {
            (_leastRate, _leastDeviation) = (rate, deviation);
        }
    }
}
