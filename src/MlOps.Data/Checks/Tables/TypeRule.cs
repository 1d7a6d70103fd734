using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;

namespace MlOps.Data.Checks.Tables;

/// <summary>The kind of value that a column holds, by its type alone.</summary>
internal sealed record TypeRule(string Of, ColumnKind Kind) : TableRule
{
    public override string Name => $"is of type {Kind}";

    public override string Column => Of;

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken) =>
        new(new SchemaTest(new TableOutcome(true, $"type {CheckColumn.Require(context.Schema, Of, Kind).DataType.Name}")));

    public override CheckEntry ToEntry() => new() { Check = "of_type", Column = Of, Type = Kind.ToString().ToLowerInvariant() };
}
