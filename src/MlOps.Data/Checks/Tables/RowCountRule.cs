using System.Globalization;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;

namespace MlOps.Data.Checks.Tables;

/// <summary>How many rows there are, both limits inclusive.</summary>
internal sealed record RowCountRule(long? Min, long? Max) : TableRule
{
    public override string Metric => "row count";

    public override string Name => Min is null && Max is null ? Metric : $"row count {new Limits(Min, Max)}";

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken) => new(new Test(this));

    public override CheckEntry ToEntry() => new() { Check = "row_count", Min = Min, Max = Max };

    private sealed class Test(RowCountRule rule) : TableTest
    {
        public override bool NeedsCells => false;

        public override ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken) =>
            new(new TableOutcome(!(rows < rule.Min || rows > rule.Max), string.Create(CultureInfo.InvariantCulture, $"{rows:#,0} rows"), rows));
    }
}
