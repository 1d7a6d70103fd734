namespace MlOps.Data;

/// <summary>What a profile looks at.</summary>
public sealed record DataProfileOptions
{
    /// <summary>The columns to profile; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>How many of the most frequent texts are listed, 0 or more. Default: 10.</summary>
    public int TopValues { get; init; } = 10;

    /// <summary>How many bins of equal width a histogram has, 1 or more. Default: 20.</summary>
    public int HistogramBins { get; init; } = 20;

    internal static DataProfileOptions Default { get; } = new();
}
