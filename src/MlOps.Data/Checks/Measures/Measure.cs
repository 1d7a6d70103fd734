using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Measures;

/// <summary>What several tests of the same rows want to know, worked out once.</summary>
internal abstract class Measure
{
    private RowBatch? _last;

    /// <summary>Takes in rows; does nothing when another test has brought the batch already.</summary>
    public void Look(RowBatch batch, RowBits rows)
    {
        if (!ReferenceEquals(batch, _last))
        {
            _last = batch;
            Add(batch, rows);
        }
    }

    protected abstract void Add(RowBatch batch, RowBits rows);
}
