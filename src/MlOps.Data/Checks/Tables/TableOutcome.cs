namespace MlOps.Data.Checks.Tables;

/// <summary>What a table rule saw.</summary>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Observed">What was seen, in words.</param>
/// <param name="Value">The value that was measured; null where the rule measures none.</param>
internal sealed record TableOutcome(bool Passed, string Observed, double? Value = null)
{
    /// <summary>Whether what was seen is a value of a row, which is not shown where the column is personal.</summary>
    public bool ShowsValues { get; init; }

    /// <summary>The first rows that are wrong, where it knows them.</summary>
    public IReadOnlyList<CheckExample> Examples { get; init; } = [];

    /// <summary>What was expected by the history; null where it was not asked.</summary>
    public ExpectedRange? Expected { get; init; }
}
