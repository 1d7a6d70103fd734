namespace MlOps.Statistics;

/// <summary>Tests at every moment whether the mean of bounded values is a given one, by betting (Waudby-Smith and Ramdas, 2024).</summary>
/// <remarks>
/// <para>
/// For a rate, a score or a loss of known range, watched for as long as one likes: no assumption but the range and that each value's mean,
/// given those before it, is the stated one. Two gamblers bet on a rise and on a fall: their wealths are products of 1 ± l (x - mean) on
/// values scaled to 0 and 1, with the bet l of the predictable plug-in, at most half of what could be lost; the e-value is their average
/// (or one of them, by the alternative). With the alternative Up the hypothesis is that the mean is at most the given one, with Down at
/// least.
/// </para>
/// <para>NaN is missing and changes nothing; a value outside the range, an infinity too, is refused. Not safe for concurrent use.</para>
/// </remarks>
public sealed class BettingMeanTest
{
    private const uint Tag = 0x4D42_5353; // "SSBM"
    private readonly ValueRange _range;
    private readonly ShiftDirection _alternative;
    private readonly double _tunedFor;
    private readonly double _mean; // scaled
    private PlugInBet _bet;
    private double _logRise;
    private double _logFall;

    /// <summary>Begins with a wealth of 1.</summary>
    /// <param name="mean">The mean to test, strictly inside the range.</param>
    /// <param name="lower">The least value there can be.</param>
    /// <param name="upper">The greatest value there can be.</param>
    /// <param name="alternative">Which way the mean must differ.</param>
    /// <param name="tunedFor">The alpha at which the bets find a change soonest; the test is valid at every other one too.</param>
    public BettingMeanTest(
        double mean, double lower = 0, double upper = 1, ShiftDirection alternative = ShiftDirection.Both, double tunedFor = 0.05)
    {
        _range = new ValueRange(lower, upper);
        _alternative = Parameter.Direction(alternative);
        _tunedFor = Parameter.Level(tunedFor);
        Mean = mean > lower && mean < upper
            ? mean
            : throw new ArgumentOutOfRangeException(nameof(mean), mean, $"The mean must lie inside the range from {lower} to {upper}.");
        _mean = Parameter.Level(_range.ToShare(mean), nameof(mean));
        _bet = new PlugInBet(tunedFor);
    }

    /// <summary>The mean that is tested.</summary>
    public double Mean { get; }

    /// <summary>How many values were taken in.</summary>
    public long Count => _bet.Count;

    /// <summary>What is held against the mean so far.</summary>
    public Evidence Evidence { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static BettingMeanTest Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "betting test of a mean");
        var (mean, lower, upper) = (reader.Real(), reader.Real(), reader.Real());
        var (alternative, tunedFor) = (reader.Direction(), reader.Real());
        var test = StreamPayload.Build(() => new BettingMeanTest(mean, lower, upper, alternative, tunedFor));
        test._bet.Read(ref reader);
        test._logRise = reader.Real();
        test._logFall = reader.Real();
        test.Evidence = Evidence.Read(ref reader);
        reader.End();
        return test;
    }

    /// <summary>Bets on the next value and says what is held against the mean with it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside the range.</exception>
    public Evidence Update(double value)
    {
        if (_range.IsMissing(value))
        {
            return Evidence;
        }

        var share = _range.ToShare(value);
        var bet = _bet.Next();
        var difference = share - _mean;
        _logRise += Math.Log(1 + (Math.Min(bet, PlugInBet.MaximumRisk / _mean) * difference));
        _logFall += Math.Log(1 - (Math.Min(bet, PlugInBet.MaximumRisk / (1 - _mean)) * difference));
        _bet.Add(share);
        return Evidence = Evidence.With(_alternative switch
        {
            ShiftDirection.Up => _logRise,
            ShiftDirection.Down => _logFall,
            _ => LogAverage(_logRise, _logFall),
        });
    }

    /// <summary>Begins again with a wealth of 1; the parameters stay.</summary>
    public void Reset()
    {
        _bet.Clear();
        (_logRise, _logFall, Evidence) = (0, 0, default);
    }

    /// <summary>Parameters and state as bytes, versioned and checksummed: what <see cref="Read"/> makes of them goes on exactly as this one
    /// would.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(Mean);
        _range.Write(writer);
        writer.Count((long)_alternative);
        writer.Real(_tunedFor);
        _bet.Write(writer);
        writer.Real(_logRise);
        writer.Real(_logFall);
        Evidence.Write(writer);
        return writer.Complete();
    }

    private static double LogAverage(double x, double y) => Math.Max(x, y) + Math.Log((1 + Math.Exp(-Math.Abs(x - y))) / 2);
}
