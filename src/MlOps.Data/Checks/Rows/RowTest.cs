using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A row rule during one run; sees the batches in order.</summary>
internal abstract class RowTest
{
    /// <summary>Looks at a batch.</summary>
    /// <param name="batch">Its rows.</param>
    /// <param name="judged">Comes in cleared; the rows that can be judged are marked: those whose cells hold values, for most rules.</param>
    /// <param name="wrong">Comes in cleared; the rows that break the rule are marked. Marks on rows that are not judged do not count.</param>
    public abstract void Look(RowBatch batch, RowBits judged, RowBits wrong);
}
