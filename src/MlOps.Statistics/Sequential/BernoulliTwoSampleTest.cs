namespace MlOps.Statistics;

/// <summary>Tests at every moment whether two streams have the same rate of successes (Turner, Ly and Grünwald, 2024).</summary>
/// <remarks>
/// <para>
/// For an A/B test of conversions or errors, or a category's share against its reference. Successes come in blocks of any sizes, fixed
/// before their outcomes are known. Each block multiplies the e-value by the likelihood of its outcomes under the two rates estimated from
/// the blocks before, p = (successes + 0.18) / (trials + 0.36), over their likelihood under the one rate that averages them by the block's
/// sizes: with equal true rates the expectation of that ratio is at most 1, whatever the rate.
/// </para>
/// <para>The evidence is two-sided. Constant memory; not safe for concurrent use.</para>
/// </remarks>
public sealed class BernoulliTwoSampleTest
{
    private const uint Tag = 0x5442_5353; // "SSBT"
    private const double Prior = 0.18; // the paper's choice: least regret for differences of any size
    private long _successesX;
    private long _successesY;

    /// <summary>How many trials of x were taken in.</summary>
    public long TrialsX { get; private set; }

    /// <summary>How many trials of y were taken in.</summary>
    public long TrialsY { get; private set; }

    /// <summary>The share of successes of x; NaN without trials.</summary>
    public double RateX => (double)_successesX / TrialsX;

    /// <summary>The share of successes of y; NaN without trials.</summary>
    public double RateY => (double)_successesY / TrialsY;

    /// <summary>What is held against equal rates so far.</summary>
    public Evidence Evidence { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static BernoulliTwoSampleTest Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "two-sample test of rates");
        var test = new BernoulliTwoSampleTest
        {
            _successesX = reader.Count(),
            TrialsX = reader.Count(),
            _successesY = reader.Count(),
            TrialsY = reader.Count(),
            Evidence = Evidence.Read(ref reader),
        };
        reader.End();
        return test._successesX <= test.TrialsX && test._successesY <= test.TrialsY ? test : throw PayloadReader.Damaged();
    }

    /// <summary>Takes in one trial of each.</summary>
    public Evidence Update(bool x, bool y) => Update(x ? 1 : 0, 1, y ? 1 : 0, 1);

    /// <summary>Takes in a block of trials of each; a block with trials of one side only teaches its rate and holds no evidence.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or there are more successes than trials.</exception>
    public Evidence Update(int successesX, int trialsX, int successesY, int trialsY)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successesX);
        ArgumentOutOfRangeException.ThrowIfNegative(successesY);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successesX, trialsX);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successesY, trialsY);
        if (trialsX > 0 && trialsY > 0)
        {
            var x = (_successesX + Prior) / (TrialsX + (2 * Prior));
            var y = (_successesY + Prior) / (TrialsY + (2 * Prior));
            var both = ((trialsX * x) + (trialsY * y)) / ((double)trialsX + trialsY);
            Evidence = Evidence.With(Evidence.LogEValue
                + (successesX * Math.Log(x / both)) + ((trialsX - successesX) * Math.Log((1 - x) / (1 - both)))
                + (successesY * Math.Log(y / both)) + ((trialsY - successesY) * Math.Log((1 - y) / (1 - both))));
        }

        _successesX += successesX;
        _successesY += successesY;
        TrialsX += trialsX;
        TrialsY += trialsY;
        return Evidence;
    }

    /// <summary>Forgets both streams.</summary>
    public void Reset() => (_successesX, TrialsX, _successesY, TrialsY, Evidence) = (0, 0, 0, 0, default);

    /// <summary>The state as bytes, versioned and checksummed: what <see cref="Read"/> makes of them goes on exactly as this one
    /// would.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(_successesX);
        writer.Count(TrialsX);
        writer.Count(_successesY);
        writer.Count(TrialsY);
        Evidence.Write(writer);
        return writer.Complete();
    }
}
