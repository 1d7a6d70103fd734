using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Tables;

/// <summary>A table rule during one run; sees the batches in order.</summary>
internal abstract class TableTest
{
    /// <summary>Whether <see cref="Look"/> has to be called; a rule about names and types alone needs no rows.</summary>
    public virtual bool NeedsCells => true;

    /// <summary>Whether <see cref="FinishAsync"/> needs the number of rows.</summary>
    public virtual bool NeedsRowCount => true;

    /// <summary>Looks at some rows of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">The rows to look at; must not be changed.</param>
    public virtual void Look(RowBatch batch, RowBits rows)
    {
    }

    /// <summary>Says what was seen.</summary>
    /// <param name="rows">How many rows were looked at.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public abstract ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken);
}
