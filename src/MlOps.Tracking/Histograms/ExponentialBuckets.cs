namespace MlOps.Tracking;

/// <summary>The counts of one sign of an <see cref="ExponentialHistogram"/>, by magnitude.</summary>
public sealed record ExponentialBuckets
{
    internal static ExponentialBuckets None { get; } = new();

    /// <summary>
    /// The index of the first bucket; bucket <c>i</c> holds magnitudes above <c>2^(i/2^scale)</c> up to <c>2^((i+1)/2^scale)</c>.
    /// </summary>
    public int Offset { get; init; }

    /// <summary>How many values each bucket holds.</summary>
    public IReadOnlyList<long> Counts { get; init; } = [];

    internal int Last => Offset + Counts.Count - 1;
}
