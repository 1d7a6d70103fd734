using System.Globalization;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;

namespace MlOps.Data.Checks.Tables;

/// <summary>How many columns there are.</summary>
internal sealed record ColumnCountRule(Limits Limits) : TableRule
{
    public override string Name => $"column count {Limits}".TrimEnd();

    public override string Metric => "column count";

    public override bool HasLimits => Limits.Any;

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var count = context.Schema.FieldsList.Count;
        return new(new SchemaTest(new TableOutcome(Limits.Allow(count), string.Create(CultureInfo.InvariantCulture, $"{count} columns"), count)));
    }

    public override CheckEntry ToEntry() => new() { Check = "column_count", Min = Limits.Min, Max = Limits.Max };
}
