namespace MlOps.Statistics;

/// <summary>A confidence sequence for the mean of bounded values that learns their spread: the stitched empirical-Bernstein bound (Howard
/// et al., 2021).</summary>
/// <remarks>
/// <para>
/// For values of known range on long streams: constant memory and time, and a width that shrinks as sqrt(v ln ln(t) / t) for ever. On
/// values scaled to 0 and 1 let V be the sum of (x - m)², m being the mean of the values before (1/2 at first), or 1 if that is less. Then
/// the mean is within u / t of the sample mean at all t at once, where u = sqrt(k1² V l + k2² l²) + k2 l with l = ln(2 h / alpha),
/// h = (1 + log2 V)^1.4 · zeta(1.4), k1 = (2^(1/4) + 2^(-1/4)) / sqrt(2), k2 = (sqrt(2) + 1) / 2 (theorems 1 and 4 there).
/// <see cref="BettingSequence"/> is narrower and costs more.
/// </para>
/// <para>A value outside the range, an infinity too, is refused.</para>
/// </remarks>
public sealed class EmpiricalBernsteinSequence : IConfidenceSequence
{
    private const uint Tag = 0x4243_5353; // "SSCB"
    private const double Zeta = 3.1055472779775810; // zeta(1.4)
    private static readonly double VarianceFactor = Math.Pow(Math.Pow(2, 0.25) + Math.Pow(2, -0.25), 2) / 2;
    private static readonly double ScaleFactor = (Math.Sqrt(2) + 1) / 2;
    private readonly double _alpha;
    private readonly ValueRange _range;
    private readonly double _logFactor;
    private double _sum; // of scaled values, as all below
    private double _squares;

    /// <summary>Begins without a value, when every mean in the range is possible.</summary>
    /// <param name="alpha">The chance that the mean is ever outside.</param>
    /// <param name="lower">The least value there can be.</param>
    /// <param name="upper">The greatest value there can be.</param>
    public EmpiricalBernsteinSequence(double alpha = 0.05, double lower = 0, double upper = 1)
    {
        _alpha = Parameter.Level(alpha);
        _range = new ValueRange(lower, upper);
        _logFactor = Math.Log(2 * Zeta / alpha);
        Bounds = new ConfidenceBounds(lower, upper);
    }

    /// <inheritdoc/>
    public ConfidenceBounds Bounds { get; private set; }

    /// <summary>How many values were taken in.</summary>
    public long Count { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static EmpiricalBernsteinSequence Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "empirical-Bernstein confidence sequence");
        var (alpha, lower, upper) = (reader.Real(), reader.Real(), reader.Real());
        var sequence = StreamPayload.Build(() => new EmpiricalBernsteinSequence(alpha, lower, upper));
        sequence.Count = reader.Count();
        sequence._sum = reader.Real();
        sequence._squares = reader.Real();
        sequence.Bounds = new ConfidenceBounds(reader.Real(), reader.Real());
        reader.End();
        return sequence;
    }

    /// <inheritdoc/>
    public ConfidenceBounds Update(double value)
    {
        if (_range.IsMissing(value))
        {
            return Bounds;
        }

        var share = _range.ToShare(value);
        var difference = share - (Count == 0 ? 0.5 : _sum / Count);
        _squares += difference * difference;
        _sum += share;
        Count++;
        var variance = Math.Max(_squares, 1);
        var level = (1.4 * Math.Log(1 + Math.Log2(variance))) + _logFactor;
        var scaled = ScaleFactor * level;
        var margin = (Math.Sqrt((VarianceFactor * variance * level) + (scaled * scaled)) + scaled) / Count;
        var mean = _sum / Count;
        return Bounds = Bounds.And(_range.FromShare(mean - margin), _range.FromShare(mean + margin));
    }

    /// <inheritdoc/>
    public void Reset() => (Count, _sum, _squares, Bounds) = (0, 0, 0, new ConfidenceBounds(_range.Lower, _range.Upper));

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_alpha);
        _range.Write(writer);
        writer.Count(Count);
        writer.Real(_sum);
        writer.Real(_squares);
        writer.Real(Bounds.Lower);
        writer.Real(Bounds.Upper);
        return writer.Complete();
    }
}
