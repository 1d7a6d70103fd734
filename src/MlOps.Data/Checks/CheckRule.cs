using MlOps.Data.Columns;

namespace MlOps.Data;

/// <summary>A check as defined: shared and immutable; each run starts its own pass.</summary>
internal sealed record CheckRule
{
    public required string Name { get; init; }

    public string? Column { get; init; }

    /// <summary>What it reads; empty for all columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    public CheckSeverity Severity { get; init; } = CheckSeverity.Error;

    public double Mostly { get; init; } = 1;

    /// <summary>Makes the function that looks at a batch: it reports wrong rows and returns how many it evaluated. Null for a check on the table.</summary>
    public Func<Func<RowBatch, Action<int>, long>>? Start { get; init; }

    /// <summary>For a check on the table: what is wrong, given the row count; null when right.</summary>
    public Func<long, string?>? Table { get; init; }

    /// <summary>The kind of column it needs.</summary>
    public ColumnKind? Kind { get; init; }

    /// <summary>Whether it looks at the type alone.</summary>
    public bool TypeOnly { get; init; }
}
