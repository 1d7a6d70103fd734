namespace MlOps.Statistics;

/// <summary>Tests at every moment whether a mean is a given one, for values of known spread, by a normal mixture (Robbins, 1970).</summary>
/// <remarks>
/// <para>
/// For values that are normal, or sub-Gaussian with a known deviation s: log e = r S² / (2 s² (1 + t r)) - ln(1 + t r) / 2 with S the sum
/// of x - mean over t values and r = (effect / s)², which averages the likelihood ratios of all shifts, normally distributed with deviation
/// <c>effect</c>. Two streams are compared by their paired differences against a mean of 0, with s² the sum of both variances.
/// </para>
/// <para>
/// A deviation that is set too small makes the error probability too high; for values of known range and unknown spread take
/// <see cref="BettingMeanTest"/>. NaN, infinities and values beyond ±1e100 are left out. Not safe for concurrent use.
/// </para>
/// </remarks>
public sealed class NormalMixtureTest
{
    private const uint Tag = 0x4D4E_5353; // "SSNM"
    private readonly double _deviation;
    private readonly double _mean;
    private readonly double _effect;
    private readonly double _ratio;
    private double _sum;

    /// <summary>Begins without evidence.</summary>
    /// <param name="deviation">The standard deviation of a value, or its sub-Gaussian factor.</param>
    /// <param name="mean">The mean to test.</param>
    /// <param name="effect">The shift that is found soonest, in the data's units; half of the deviation when null.</param>
    public NormalMixtureTest(double deviation, double mean = 0, double? effect = null)
    {
        _deviation = Parameter.Positive(deviation);
        _effect = Parameter.Positive(effect ?? deviation / 2, nameof(effect));
        _ratio = Parameter.Positive(_effect / deviation * (_effect / deviation), nameof(effect));
        _mean = StreamValue.HasNoMean(mean)
            ? throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean must be a number within ±1e100.")
            : mean;
    }

    /// <summary>How many values were taken in.</summary>
    public long Count { get; private set; }

    /// <summary>What is held against the mean so far.</summary>
    public Evidence Evidence { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static NormalMixtureTest Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "normal-mixture test");
        var (deviation, mean, effect) = (reader.Real(), reader.Real(), reader.Real());
        var test = StreamPayload.Build(() => new NormalMixtureTest(deviation, mean, effect));
        test.Count = reader.Count();
        test._sum = reader.Real();
        test.Evidence = Evidence.Read(ref reader);
        reader.End();
        return test;
    }

    /// <summary>Takes in the next value and says what is held against the mean with it.</summary>
    public Evidence Update(double value)
    {
        if (StreamValue.HasNoMean(value))
        {
            return Evidence;
        }

        Count++;
        _sum += (value - _mean) / _deviation;
        var spread = 1 + (Count * _ratio);
        return Evidence = Evidence.With((_ratio * _sum * _sum / (2 * spread)) - (Math.Log(spread) / 2));
    }

    /// <summary>Forgets the stream; the parameters stay.</summary>
    public void Reset() => (Count, _sum, Evidence) = (0, 0, default);

    /// <summary>Parameters and state as bytes, versioned and checksummed: what <see cref="Read"/> makes of them goes on exactly as this one
    /// would.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_deviation);
        writer.Real(_mean);
        writer.Real(_effect);
        writer.Count(Count);
        writer.Real(_sum);
        Evidence.Write(writer);
        return writer.Complete();
    }
}
