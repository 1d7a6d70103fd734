using MlOps.Data.Checks.Rows;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;

namespace MlOps.Data;

/// <summary>What must hold of every row: a definition, immutable and shared; each run starts a test of its own.</summary>
internal abstract record RowRule
{
    /// <summary>The rule in words, such as <c>in range [1, 6000]</c>; the column is named beside it.</summary>
    public abstract string Name { get; }

    /// <summary>The rule in words that list no values of the column.</summary>
    public virtual string DiscreetName => Name;

    /// <summary>The column that it is about; null for a rule over several.</summary>
    public virtual string? Column => null;

    /// <summary>What it reads; empty for all columns.</summary>
    public virtual IReadOnlyList<string> Columns => Column is { } column ? [column] : [];

    /// <summary>Starts a test.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/> or <see cref="ErrorCodes.ColumnType"/>: it cannot be asked of the data, which fails the check.</exception>
    public abstract ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken);

    /// <summary>The rule as an entry of a check file; null where it holds what no file can, such as code or data.</summary>
    public virtual CheckEntry? ToEntry() => null;
}
