using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A number is not infinite.</summary>
internal sealed record FiniteRule(string Of) : RowRule
{
    public override string Name => "finite";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Number, ColumnKind.Boolean);
        return new(new Test(Of));
    }

    public override CheckEntry ToEntry() => new() { Check = "finite", Column = Of };

    private sealed class Test(string column) : ColumnTest(column)
    {
        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong)
        {
            var values = array is DoubleArray doubles ? doubles.Values : batch.Numbers(ordinal);
            VectorMarks.Outside(values, double.MinValue, double.MaxValue, wrong.Words);
        }
    }
}
