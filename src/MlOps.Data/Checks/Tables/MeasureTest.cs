using MlOps.Data.Checks.Measures;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Tables;

/// <summary>A test of what a measure finds.</summary>
internal sealed class MeasureTest<T>(T measure, Func<T, TableOutcome> judge) : TableTest
    where T : Measure
{
    public override bool NeedsRowCount => false;

    public override void Look(RowBatch batch, RowBits rows) => measure.Look(batch, rows);

    public override ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken) => new(judge(measure));
}
