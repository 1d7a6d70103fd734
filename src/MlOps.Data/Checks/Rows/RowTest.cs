using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A row rule during one run; sees the batches in order.</summary>
internal abstract class RowTest : IDisposable
{
    /// <summary>Whether <see cref="FinishAsync"/> may name rows. Such a rule cannot be part of another.</summary>
    public virtual bool FailsLate => false;

    /// <summary>Looks at a batch.</summary>
    /// <param name="batch">Its rows.</param>
    /// <param name="judged">Comes in with the rows to look at, all others are to be passed over; those that cannot be judged are cleared: the rows whose cells are missing, for most rules.</param>
    /// <param name="wrong">Comes in cleared; the rows that break the rule are marked. Marks on rows that are not judged do not count.</param>
    public abstract void Look(RowBatch batch, RowBits judged, RowBits wrong);

    /// <summary>Names the judged rows that turned out to be wrong after all rows were seen, in any order, none that <see cref="Look"/> marked.</summary>
    public virtual IAsyncEnumerable<CheckExample> FinishAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<CheckExample>();

    /// <summary>Lets go of what was put on disk.</summary>
    public virtual void Dispose()
    {
    }
}
