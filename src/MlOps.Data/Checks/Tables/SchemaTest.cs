namespace MlOps.Data.Checks.Tables;

/// <summary>A test that is decided by the columns' names and types, before any row is read.</summary>
internal sealed class SchemaTest(TableOutcome outcome) : TableTest
{
    public override bool NeedsCells => false;

    public override bool NeedsRowCount => false;

    public override ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken) => new(outcome);
}
