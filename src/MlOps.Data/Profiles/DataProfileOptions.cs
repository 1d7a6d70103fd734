namespace MlOps.Data;

/// <summary>What a profile looks at.</summary>
public sealed record DataProfileOptions
{
    /// <summary>The columns to profile; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>How many of the most frequent values and patterns are listed, 0 or more. Default: 10.</summary>
    public int TopValues { get; init; } = 10;

    /// <summary>How many bins of equal width a histogram has, 1 or more. Default: 20.</summary>
    public int HistogramBins { get; init; } = 20;

    /// <summary>
    /// Whether each pair of numeric columns is correlated (Pearson): the cost grows with the square of their number. Default: false.
    /// </summary>
    public bool Correlations { get; init; }

    /// <summary>Columns of personal data: their values are not kept one by one, and their extremes are not shown. Default: none.</summary>
    /// <remarks>
    /// Take them from a schema with <see cref="DataSchema.PersonalColumns"/>. A column that the data lack is passed over.
    /// </remarks>
    public IReadOnlyCollection<string> PersonalColumns { get; init; } = [];

    internal static DataProfileOptions Default { get; } = new();
}
