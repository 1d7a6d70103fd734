using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A test of one column that judges the rows with a value.</summary>
internal abstract class ColumnTest(string column) : RowTest
{
    private readonly RowBits _present = new();

    public sealed override void Look(RowBatch batch, RowBits judged, RowBits wrong)
    {
        var ordinal = batch.Ordinal(column);
        if (batch.MayMiss(ordinal))
        {
            batch.MarkPresent(ordinal, _present);
            judged.And(_present);
        }

        Mark(batch, ordinal, batch.Batch.Column(ordinal), judged, wrong);
    }

    /// <summary>Marks what is wrong; what is marked beside rows that are not judged does not count.</summary>
    protected abstract void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong);
}
