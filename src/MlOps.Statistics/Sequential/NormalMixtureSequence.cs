namespace MlOps.Statistics;

/// <summary>A confidence sequence for the mean of values of known spread, by a normal mixture (Robbins, 1970; Howard et al.,
/// 2021).</summary>
/// <remarks>
/// <para>
/// For normal values, or sub-Gaussian ones with a known deviation s: after t values the mean is within
/// s · sqrt((t + r) ln((t + r) / (r alpha²))) / t of the sample mean, at all t at once. It is narrowest near <c>tunedFor</c> values, for
/// which r = tunedFor / (2 ln(1/alpha) + ln(1 + 2 ln(1/alpha))).
/// </para>
/// <para>NaN, infinities and values beyond ±1e100 are left out.</para>
/// </remarks>
public sealed class NormalMixtureSequence : IConfidenceSequence
{
    private const uint Tag = 0x4D43_5353; // "SSCM"
    private static readonly ConfidenceBounds Everything = new(double.NegativeInfinity, double.PositiveInfinity);
    private readonly double _deviation;
    private readonly double _alpha;
    private readonly int _tunedFor;
    private readonly double _prior;
    private double _sum;

    /// <summary>Begins without a value, when every mean is possible.</summary>
    /// <param name="deviation">The standard deviation of a value, or its sub-Gaussian factor.</param>
    /// <param name="alpha">The chance that the mean is ever outside.</param>
    /// <param name="tunedFor">The number of values at which the bounds are to be narrowest.</param>
    public NormalMixtureSequence(double deviation, double alpha = 0.05, int tunedFor = 1_000)
    {
        _deviation = Parameter.Positive(deviation);
        _alpha = Parameter.Level(alpha);
        _tunedFor = Parameter.AtLeast(1, tunedFor);
        var twiceLog = -2 * Math.Log(alpha);
        _prior = tunedFor / (twiceLog + Math.Log(1 + twiceLog));
        Bounds = Everything;
    }

    /// <inheritdoc/>
    public ConfidenceBounds Bounds { get; private set; }

    /// <summary>How many values were taken in.</summary>
    public long Count { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static NormalMixtureSequence Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "normal-mixture confidence sequence");
        var (deviation, alpha, tunedFor) = (reader.Real(), reader.Real(), reader.Int32());
        var sequence = StreamPayload.Build(() => new NormalMixtureSequence(deviation, alpha, tunedFor));
        sequence.Count = reader.Count();
        sequence._sum = reader.Real();
        sequence.Bounds = new ConfidenceBounds(reader.Real(), reader.Real());
        reader.End();
        return sequence;
    }

    /// <inheritdoc/>
    public ConfidenceBounds Update(double value)
    {
        if (StreamValue.HasNoMean(value))
        {
            return Bounds;
        }

        Count++;
        _sum += value;
        var time = Count + _prior;
        var margin = _deviation * Math.Sqrt(time * (Math.Log(time / _prior) - (2 * Math.Log(_alpha)))) / Count;
        var mean = _sum / Count;
        return Bounds = Bounds.And(mean - margin, mean + margin);
    }

    /// <inheritdoc/>
    public void Reset() => (Count, _sum, Bounds) = (0, 0, Everything);

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_deviation);
        writer.Real(_alpha);
        writer.Count(_tunedFor);
        writer.Count(Count);
        writer.Real(_sum);
        writer.Real(Bounds.Lower);
        writer.Real(Bounds.Upper);
        return writer.Complete();
    }
}
