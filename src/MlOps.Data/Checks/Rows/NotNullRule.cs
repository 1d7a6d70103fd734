using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A value is there, and is not NaN.</summary>
internal sealed record NotNullRule(string Of) : RowRule
{
    public override string Name => "not null";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(Schema schema, CancellationToken cancellationToken)
    {
        CheckColumn.Require(schema, Of);
        return new(new Test(Of));
    }

    private sealed class Test(string column) : RowTest
    {
        public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
        {
            batch.MarkPresent(batch.Ordinal(column), wrong);
            wrong.Invert();
            judged.Reset(batch.Length, value: true);
        }
    }
}
