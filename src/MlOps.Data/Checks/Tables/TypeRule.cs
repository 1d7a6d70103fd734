using Apache.Arrow;

namespace MlOps.Data.Checks.Tables;

/// <summary>The kind of value that a column holds, by its type alone.</summary>
internal sealed record TypeRule(string Of, ColumnKind Kind) : TableRule
{
    public override string Name => $"is of type {Kind}";

    public override string Column => Of;

    public override ValueTask<TableTest> StartAsync(Schema schema, CancellationToken cancellationToken) =>
        new(new Test(CheckColumn.Require(schema, Of, Kind).DataType.Name));

    private sealed class Test(string type) : TableTest
    {
        public override bool NeedsCells => false;

        public override bool NeedsRowCount => false;

        public override ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken) => new(new TableOutcome(true, $"type {type}"));
    }
}
