namespace MlOps.Data;

/// <summary>How two data sets are compared.</summary>
public sealed record DatasetDiffOptions
{
    /// <summary>The columns by which a row finds its like, such as an id. Default: none, for rows in the same order.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The largest difference between two numbers that are equal. Default: 0.</summary>
    public double Tolerance { get; init; }

    /// <summary>How many differences are shown: the first ones. Default 10; 0 for none.</summary>
    public int MaxExamples { get; init; } = 10;

    /// <summary>
    /// About how many bytes of the expected rows may be held, or the comparison is refused with <see cref="ErrorCodes.TooLarge"/>. Default
    /// 1 GiB. Without keys nothing is held: both data sets are streamed side by side.
    /// </summary>
    public long MemoryBudget { get; init; } = 1L << 30;
}
