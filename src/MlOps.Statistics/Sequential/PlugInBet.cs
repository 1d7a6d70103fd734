namespace MlOps.Statistics;

/// <summary>The size of a bet on values from 0 to 1, from those before it: the predictable plug-in of Waudby-Smith and Ramdas
/// (2024).</summary>
/// <remarks>
/// The bet on value t is sqrt(2 ln(2/alpha) / (v · t · ln(t + 1))), where v = (1/4 + sum of (x - m)²) / t over the values before and m is
/// the mean (1/2 + sum of x) / (i + 1) at each of them.
/// </remarks>
internal struct PlugInBet(double alpha)
{
    /// <summary>No bet risks more than this share of the wealth.</summary>
    public const double MaximumRisk = 0.5;

    private readonly double _twiceLog = 2 * Math.Log(2 / alpha);
    private double _sum;
    private double _squares;

    public long Count { get; private set; }

    public readonly double Next()
    {
        var time = Count + 1.0;
        return Math.Sqrt(_twiceLog / ((0.25 + _squares) * Math.Log(time + 1)));
    }

    public void Add(double share)
    {
        Count++;
        _sum += share;
        var difference = share - ((0.5 + _sum) / (Count + 1));
        _squares += difference * difference;
    }

    public void Clear() => (Count, _sum, _squares) = (0, 0, 0);

    public readonly void Write(PayloadWriter writer)
    {
        writer.Count(Count);
        writer.Real(_sum);
        writer.Real(_squares);
    }

    public void Read(ref PayloadReader reader) => (Count, _sum, _squares) = (reader.Count(), reader.Real(), reader.Real());
}
