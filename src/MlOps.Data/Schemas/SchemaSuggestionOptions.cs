namespace MlOps.Data;

/// <summary>How constraints are proposed.</summary>
public sealed record SchemaSuggestionOptions
{
    /// <summary>The columns to look at; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// In how many runs of successive rows the data are cut at least, from 2 to 50; up to twice as many are made. Default: 10.
    /// </summary>
    public int Parts { get; init; } = 10;

    /// <summary>The highest estimated rate of false alarms with which a constraint is still proposed, from 0 to 1. Default: 0.1.</summary>
    public double MaximumFalseAlarmRate { get; init; } = 0.1;

    /// <summary>
    /// Whether pairs of numbers and of times are tried for one that is always less than the other. Default: true, over the first 16 such
    /// columns.
    /// </summary>
    public bool ComparesColumns { get; init; } = true;

    /// <summary>Columns of personal data: their values are not listed, and they are classified in the schema. Default: none.</summary>
    public IReadOnlyCollection<string> PersonalColumns { get; init; } = [];
}
