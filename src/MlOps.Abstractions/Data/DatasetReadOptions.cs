namespace MlOps.Data;

/// <summary>What part of a data set a reader wants; sources push it down where their format can.</summary>
public sealed record DatasetReadOptions
{
    /// <summary>Everything, in batches of the default size.</summary>
    public static DatasetReadOptions All { get; } = new();

    /// <summary>The columns to read, in this order; null reads all, in the schema's order.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>How many rows to pass over first.</summary>
    public long Offset { get; init; }

    /// <summary>How many rows to read at the most; null reads to the end.</summary>
    public long? Limit { get; init; }

    /// <summary>The most rows of one batch. Default 65,536.</summary>
    public int BatchSize { get; init; } = 65_536;
}
