using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Checks.Tables;

namespace MlOps.Data;

/// <summary>What must hold of a table as a whole: a definition, immutable and shared; each run starts a test of its own, or one for each segment.</summary>
internal abstract record TableRule
{
    /// <summary>The rule in words, such as <c>row count in [1, 100]</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The rule in words that list no values of the column.</summary>
    public virtual string DiscreetName => Name;

    /// <summary>The column that it is about; null for the whole table.</summary>
    public virtual string? Column => null;

    /// <summary>The columns that it reads; empty where it needs no cell.</summary>
    public virtual IReadOnlyList<string> Columns => Column is { } column ? [column] : [];

    /// <summary>Whether it is about all rows, so that conditions and segments make no sense.</summary>
    public virtual bool IsOfWhole => false;

    /// <summary>What it measures, such as <c>mean of distance</c>, by which its values are kept; null where it measures nothing that has a history.</summary>
    public virtual string? Metric => null;

    /// <summary>Whether it says by itself what is right; a metric without limits has to be judged by its history.</summary>
    public virtual bool HasLimits => true;

    /// <summary>Starts a test.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/> or <see cref="ErrorCodes.ColumnType"/>: it cannot be asked of the data, which fails the check.</exception>
    public abstract ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken);

    /// <summary>The rule as an entry of a check file; null where it holds what no file can, such as code or data.</summary>
    public virtual CheckEntry? ToEntry() => null;
}
