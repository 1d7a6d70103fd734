namespace MlOps.Statistics;

/// <summary>ECDD, an EWMA chart of a model's errors whose limit follows the error rate (Ross, Adams, Tasoulis and Hand, 2012).</summary>
/// <remarks>
/// <para>
/// For errors, 0 where a model was right and 1 where it was wrong (or a loss from 0 to 1), when the mean time between false alarms should
/// not depend on the error rate. With p the error rate since the last drift and Z = 0.8 Z + 0.2 x of variance
/// s² = p (1 - p) · 0.2 / 1.8 · (1 - 0.8^2n), Z above p + L s is a drift and above p + L s / 2 a warning, where
/// L = 3.97 - 6.56 p + 48.73 p³ - 330.13 p⁵ + 848.18 p⁷ is the paper's fit for a false alarm every 400 values. Defaults are those of MOA
/// and frouros (<c>ECDDWT</c>); MOA begins to warn one value sooner.
/// </para>
/// <para>
/// Only this run length is offered: the paper's polynomial for 1,000 lies below that for 100 at low error rates. The fit is for error rates
/// up to one half; above, L grows so fast that nothing is seen. A value outside 0 and 1, an infinity too, is refused; NaN is left out.
/// </para>
/// </remarks>
public sealed class Ecdd : IDriftDetector
{
    private const uint Tag = 0x4345_4D4D; // "MMEC"
    private const double Weight = 0.2;
    private readonly double _warningLevel;
    private readonly int _warmUp;
    private long _count;
    private double _sum;
    private double _average;
    private double _fading = 1;

    /// <summary>Begins without a past.</summary>
    /// <param name="warningLevel">The share of the control limit that warns, from 0 to 1.</param>
    /// <param name="warmUp">No answer but <see cref="DetectorState.None"/> before this many values.</param>
    public Ecdd(double warningLevel = 0.5, int warmUp = 30)
    {
        _warningLevel = Parameter.Level(warningLevel);
        _warmUp = Parameter.AtLeast(0, warmUp);
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static Ecdd Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "ECDD detector");
        var (warningLevel, warmUp) = (reader.Real(), reader.Int32());
        var detector = StreamPayload.Build(() => new Ecdd(warningLevel, warmUp));
        detector.State = reader.State();
        detector._count = reader.Count();
        detector._sum = reader.Real();
        detector._average = reader.Real();
        detector._fading = reader.Real();
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
        _average += Weight * (value - _average);
        _fading *= (1 - Weight) * (1 - Weight);
        return _count >= _warmUp ? State = Judge() : DetectorState.None;
    }

    /// <inheritdoc/>
    public void Reset() => (State, _count, _sum, _average, _fading) = (DetectorState.None, 0, 0, 0, 1);

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_warningLevel);
        writer.Count(_warmUp);
        writer.State(State);
        writer.Count(_count);
        writer.Real(_sum);
        writer.Real(_average);
        writer.Real(_fading);
        return writer.Complete();
    }

    private DetectorState Judge()
    {
        var rate = _sum / _count;
        var square = rate * rate;
        var limit = 3.97 + (rate * (-6.56 + (square * (48.73 + (square * (-330.13 + (square * 848.18)))))));
        var reach = limit * Math.Sqrt(rate * (1 - rate) * Weight / (2 - Weight) * (1 - _fading));
        return _average > rate + reach ? DetectorState.Drift
            : _average > rate + (_warningLevel * reach) ? DetectorState.Warning
            : DetectorState.None;
    }
}
