namespace MlOps.Statistics;

/// <summary>Tests at every moment whether paired values differ, by betting on their differences (Waudby-Smith and Ramdas, 2024).</summary>
/// <remarks>
/// <para>
/// For two models on the same requests, or a reference and a current value drawn side by side. On differences of bounded values the
/// hypothesis is that each pair's mean difference, given the pairs before, is 0. <see cref="OnSigns"/> bets on which of the two is larger
/// and needs no range: its hypothesis is that either is as likely to be, and no outlier can decide it. The bets are those of
/// <see cref="BettingMeanTest"/>.
/// </para>
/// <para>
/// A pair with a NaN is missing and changes nothing. A value outside the range, an infinity too, is refused; on signs an infinity is
/// an extreme value like any other. Not safe for concurrent use.
/// </para>
/// </remarks>
public sealed class PairedBettingTest
{
    private const uint Tag = 0x5042_5353; // "SSBP"
    private readonly ValueRange? _range; // null: signs
    private readonly BettingMeanTest _differences;

    /// <summary>Begins with a wealth of 1 to bet on the differences of bounded values.</summary>
    /// <param name="lower">The least value there can be, of either side.</param>
    /// <param name="upper">The greatest value there can be, of either side.</param>
    /// <param name="alternative">Up: x is larger than y in the mean; Down: smaller; Both: either.</param>
    public PairedBettingTest(double lower = 0, double upper = 1, ShiftDirection alternative = ShiftDirection.Both)
        : this(new ValueRange(lower, upper), Betting(new ValueRange(lower, upper).Width, alternative))
    {
    }

    private PairedBettingTest(ValueRange? range, BettingMeanTest differences) => (_range, _differences) = (range, differences);

    /// <summary>How many pairs were taken in.</summary>
    public long Count => _differences.Count;

    /// <summary>What is held against equality so far.</summary>
    public Evidence Evidence => _differences.Evidence;

    /// <summary>Begins with a wealth of 1 to bet on which side is larger; a tie wins and loses nothing.</summary>
    /// <param name="alternative">Up: x is the larger more often; Down: the smaller; Both: either.</param>
    public static PairedBettingTest OnSigns(ShiftDirection alternative = ShiftDirection.Both) => new(null, Betting(1, alternative));

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static PairedBettingTest Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "betting test of pairs");
        ValueRange? range = null;
        if (reader.Flag())
        {
            var (lower, upper) = (reader.Real(), reader.Real());
            range = StreamPayload.Build(() => new ValueRange(lower, upper));
        }

        var differences = BettingMeanTest.Read(reader.Block());
        reader.End();
        return new PairedBettingTest(range, differences);
    }

    /// <summary>Bets on the next pair and says what is held against equality with it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside the range.</exception>
    public Evidence Update(double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return Evidence;
        }

        if (_range is not { } range)
        {
            return _differences.Update(x.CompareTo(y));
        }

        return range.IsMissing(x) || range.IsMissing(y) ? Evidence : _differences.Update(x - y);
    }

    /// <summary>Begins again with a wealth of 1; the parameters stay.</summary>
    public void Reset() => _differences.Reset();

    /// <summary>Parameters and state as bytes, versioned and checksummed: what <see cref="Read"/> makes of them goes on exactly as this one
    /// would.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(_range is null ? 0 : 1);
        _range?.Write(writer);
        writer.Block(_differences.ToArray());
        return writer.Complete();
    }

    private static BettingMeanTest Betting(double width, ShiftDirection alternative) => new(0, -width, width, alternative);
}
