using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>STEPD: the recent error rate against all before it, by the test of equal proportions (Nishida and Yamauchi, 2007).</summary>
/// <remarks>
/// <para>
/// For the errors of a model, 0 where it was right and 1 where it was wrong, when a sudden change must be seen soon and false alarms are
/// cheap. With the last 30 values against the older ones since the last drift, from 60 values on, the one-sided normal test with Yates'
/// continuity correction is a drift at p below 0.003 and a warning below 0.05. Only a rise counts. Defaults are the paper's and frouros';
/// MOA takes the same levels two-sided, which halves its sensitivity to a rise, and drifts at a fall too.
/// </para>
/// <para>
/// Testing at every value multiplies false alarms: 0.003 holds for one look. Any value but 0 and 1, an infinity too, is refused; NaN is
/// left out.
/// </para>
/// </remarks>
public sealed class Stepd : IDriftDetector
{
    private const uint Tag = 0x4453_4D4D; // "MMSD"
    private readonly double _driftLevel;
    private readonly double _warningLevel;
    private readonly double _driftDeviate;
    private readonly double _warningDeviate;
    private readonly BitWindow _recent;
    private long _count;
    private long _errors;

    /// <summary>Begins without a past.</summary>
    /// <param name="window">How many values are recent; there is no answer before twice as many.</param>
    /// <param name="driftLevel">The p-value of one look below which it is a drift, under one half.</param>
    /// <param name="warningLevel">The p-value of one look below which it warns, under one half and at least the other.</param>
    public Stepd(int window = 30, double driftLevel = 0.003, double warningLevel = 0.05)
    {
        _recent = new BitWindow(Parameter.Within(1, 1_000_000, window));
        _driftLevel = Parameter.Level(driftLevel);
        _warningLevel = Parameter.Level(warningLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(driftLevel, warningLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(warningLevel, 0.5);
        _driftDeviate = Math.Sqrt(Distributions.ChiSquaredCritical(2 * driftLevel, 1));
        _warningDeviate = Math.Sqrt(Distributions.ChiSquaredCritical(2 * warningLevel, 1));
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static Stepd Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "STEPD detector");
        var (window, drift, warning) = (reader.Int32(), reader.Real(), reader.Real());
        var detector = StreamPayload.Build(() => new Stepd(window, drift, warning));
        detector.State = reader.State();
        detector._count = reader.Count();
        detector._errors = reader.Count();
        detector._recent.Read(ref reader);
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
        _errors += (int)value;
        _recent.Add((int)value);
        return _count >= 2 * _recent.Capacity ? State = Judge() : DetectorState.None;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _recent.KeepLast(0);
        (State, _count, _errors) = (DetectorState.None, 0, 0);
    }

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(_recent.Capacity);
        writer.Real(_driftLevel);
        writer.Real(_warningLevel);
        writer.State(State);
        writer.Count(_count);
        writer.Count(_errors);
        _recent.Write(writer);
        return writer.Complete();
    }

    private DetectorState Judge()
    {
        double older = _count - _recent.Count;
        var reciprocal = (1 / older) + (1.0 / _recent.Count);
        var rise = ((double)_recent.Ones / _recent.Count) - ((_errors - _recent.Ones) / older) - (reciprocal / 2);
        if (rise <= 0)
        {
            return DetectorState.None;
        }

        var rate = (double)_errors / _count;
        var deviation = Math.Sqrt(rate * (1 - rate) * reciprocal);
        return rise > _driftDeviate * deviation ? DetectorState.Drift
            : rise > _warningDeviate * deviation ? DetectorState.Warning
            : DetectorState.None;
    }
}
