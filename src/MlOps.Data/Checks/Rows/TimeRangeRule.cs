using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Rows;

/// <summary>A time lies between two limits, both inclusive.</summary>
internal sealed record TimeRangeRule(string Of, DateTimeOffset Min, DateTimeOffset Max) : RowRule
{
    public override string Name => (Min == DateTimeOffset.MinValue, Max == DateTimeOffset.MaxValue) switch
    {
        (false, true) => $"at or after {ColumnReader.TimeText(Min.UtcTicks)}",
        (true, false) => $"at or before {ColumnReader.TimeText(Max.UtcTicks)}",
        _ => $"in range [{ColumnReader.TimeText(Min.UtcTicks)}, {ColumnReader.TimeText(Max.UtcTicks)}]",
    };

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Time);
        return new(new Test(this));
    }

    public override CheckEntry ToEntry() => new()
    {
        Check = "in_time_range",
        Column = Of,
        From = Min == DateTimeOffset.MinValue ? null : ColumnReader.TimeText(Min.UtcTicks),
        To = Max == DateTimeOffset.MaxValue ? null : ColumnReader.TimeText(Max.UtcTicks),
    };

    private sealed class Test(TimeRangeRule rule) : ColumnTest(rule.Of)
    {
        protected override void Mark(RowBatch batch, int ordinal, IArrowArray array, RowBits judged, RowBits wrong) =>
            VectorMarks.Outside<long>(batch.Ticks(ordinal), rule.Min.UtcTicks, rule.Max.UtcTicks, wrong.Words);
    }
}
