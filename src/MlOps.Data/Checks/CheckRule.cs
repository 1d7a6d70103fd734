namespace MlOps.Data;

/// <summary>A check as defined: a rule on rows or on the table, and what a failure means. Shared and immutable; each run starts its own pass.</summary>
internal sealed record CheckRule
{
    public CheckRule(RowRule rows) => Rows = rows;

    public CheckRule(TableRule table) => Table = table;

    /// <summary>What every row must be; null for a check on the table.</summary>
    public RowRule? Rows { get; }

    /// <summary>What the table must be; null for a check on rows.</summary>
    public TableRule? Table { get; }

    public string Name => Rows?.Name ?? Table!.Name;

    public string? Column => Rows is not null ? Rows.Column : Table!.Column;

    public CheckSeverity Severity { get; init; } = CheckSeverity.Error;

    public double Mostly { get; init; } = 1;
}
