namespace MlOps.Statistics;

/// <summary>EDDM, the early drift detection method: errors that come closer together (Baena-García et al., 2006).</summary>
/// <remarks>
/// <para>
/// For the errors of a good model, 0 where it was right and 1 where it was wrong, when a change comes gradually. With m and s the mean and
/// standard deviation (dividing by n - 1) of the distances between errors, the ratio of m + 2 s to its maximum is judged at each error:
/// below 0.95 it warns, below 0.9 it drifts. Between two errors the answer stands. Defaults are river's (<c>drift.binary.EDDM</c>).
/// </para>
/// <para>
/// The ratio has no error probability behind it: on a stationary stream it wanders below 0.9 again and again, so that these defaults give
/// many false alarms (<c>docs/streaming.md</c>). Any value but 0 and 1, an infinity too, is refused; NaN is left out.
/// </para>
/// </remarks>
public sealed class Eddm : IDriftDetector
{
    private const uint Tag = 0x4445_454D; // "MEED"
    private readonly int _warmUp;
    private readonly double _warningRatio;
    private readonly double _driftRatio;
    private long _count;
    private long _lastError;
    private long _errors;
    private double _meanDistance;
    private double _squares;
    private double _most;

    /// <summary>Begins without a past.</summary>
    /// <param name="warmUp">No answer but <see cref="DetectorState.None"/> until more errors than this came.</param>
    /// <param name="warningRatio">The ratio below which it warns (alpha).</param>
    /// <param name="driftRatio">The ratio below which it drifts (beta), at most the other.</param>
    public Eddm(int warmUp = 30, double warningRatio = 0.95, double driftRatio = 0.9)
    {
        _warmUp = Parameter.AtLeast(0, warmUp);
        _warningRatio = Parameter.Level(warningRatio);
        _driftRatio = Parameter.Level(driftRatio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(driftRatio, warningRatio);
        Reset();
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static Eddm Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "EDDM detector");
        var (warmUp, warning, drift) = (reader.Int32(), reader.Real(), reader.Real());
        var detector = StreamPayload.Build(() => new Eddm(warmUp, warning, drift));
        detector.State = reader.State();
        detector._count = reader.Count();
        detector._lastError = reader.Count();
        detector._errors = reader.Count();
        detector._meanDistance = reader.Real();
        detector._squares = reader.Real();
        detector._most = reader.Real();
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

        if (State == DetectorState.Drift)
        {
            Reset();
        }

        _count++;
        if (value == 1)
        {
            _errors++;
            var distance = _count - _lastError;
            var difference = distance - _meanDistance;
            _meanDistance += difference / _errors;
            _squares += difference * (distance - _meanDistance);
            _lastError = _count;
            if (_count > _warmUp)
            {
                Judge();
            }
        }

        return State;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        State = DetectorState.None;
        (_count, _lastError, _errors, _meanDistance, _squares, _most) = (0, 0, 0, 0, 0, double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(_warmUp);
        writer.Real(_warningRatio);
        writer.Real(_driftRatio);
        writer.State(State);
        writer.Count(_count);
        writer.Count(_lastError);
        writer.Count(_errors);
        writer.Real(_meanDistance);
        writer.Real(_squares);
        writer.Real(_most);
        return writer.Complete();
    }

    private void Judge()
    {
        var reach = _meanDistance + (_errors > 1 ? 2 * Math.Sqrt(_squares / (_errors - 1)) : 0);
        if (reach > _most)
        {
            _most = reach;
        }
        else if (_errors > _warmUp)
        {
            var ratio = reach / _most;
            State = ratio < _driftRatio ? DetectorState.Drift : ratio < _warningRatio ? DetectorState.Warning : DetectorState.None;
        }
    }
}
