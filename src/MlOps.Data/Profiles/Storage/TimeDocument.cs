namespace MlOps.Data.Profiles.Storage;

/// <summary>What is kept of times; ticks are of 100 ns since the year 1 in UTC.</summary>
internal sealed record TimeDocument
{
    public DateTimeOffset? Earliest { get; init; }

    public DateTimeOffset? Latest { get; init; }

    public required byte[] Distinct { get; init; }

    /// <summary>The base-2 logarithm of the ticks of a bin.</summary>
    public required int BinShift { get; init; }

    public required long FirstBin { get; init; }

    public required long[] Bins { get; init; }
}
