using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A test of one column that judges the rows with a value.</summary>
internal abstract class ColumnTest(string column) : RowTest
{
    public sealed override void Look(RowBatch batch, RowBits judged, RowBits wrong)
    {
        var ordinal = batch.Ordinal(column);
        batch.MarkPresent(ordinal, judged);
        Mark(batch, ordinal, batch.Batch.Column(ordinal), judged, wrong);
    }

    /// <summary>Marks what is wrong; what is marked beside missing values does not count.</summary>
    protected abstract void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits present, RowBits wrong);
}
