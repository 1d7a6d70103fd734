using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A time lies between two limits, both inclusive.</summary>
internal sealed record TimeRangeRule(string Of, DateTimeOffset Min, DateTimeOffset Max) : RowRule
{
    public override string Name => $"in range [{ColumnReader.TimeText(Min.UtcTicks)}, {ColumnReader.TimeText(Max.UtcTicks)}]";

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(Schema schema, CancellationToken cancellationToken)
    {
        CheckColumn.Require(schema, Of, ColumnKind.Time);
        return new(new Test(this));
    }

    private sealed class Test(TimeRangeRule rule) : ColumnTest(rule.Of)
    {
        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits present, RowBits wrong) =>
            VectorMarks.Outside<long>(batch.Ticks(ordinal), rule.Min.UtcTicks, rule.Max.UtcTicks, wrong.Words);
    }
}
