using System.Globalization;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;
using MlOps.Data.Operations;
using MlOps.Data.Operations.Keys;

namespace MlOps.Data.Checks.Rows;

/// <summary>A value occurs in a column of other data, whose different values are held in memory.</summary>
internal sealed record InDatasetRule(string Of, OtherDataset Other, string OtherColumn) : RowRule
{
    public override string Name => $"in {OtherColumn} of {Other.Dataset.Name}";

    public override string Column => Of;

    public override async ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var field = CheckColumn.Require(context.Schema, Of);
        var schema = await Other.Dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var (own, theirs) = KeyColumn.For(field, context.Dataset.Name, Other.Dataset.RequireColumn(schema, OtherColumn), Other.Dataset.Name);
        var values = new KeyTable();
        var keys = new KeyBytes([OtherColumn], [theirs]);
        await foreach (var batch in DerivedSource.RowsAsync(Other.Dataset, [OtherColumn], cancellationToken).ConfigureAwait(false))
        {
            Add(batch, keys, values);
            if (values.Bytes > context.Options.MemoryBudget)
            {
                throw new MlOpsException(
                    ErrorCodes.TooLarge,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the first {values.Count:#,0} different values of '{OtherColumn}' of '{Other.Dataset.Name}' take more than the {context.Options.MemoryBudget:#,0} bytes that a check may hold: raise MemoryBudget"));
            }
        }

        return new Test(Of, new KeyBytes([Of], [own]), values);
    }

    public override CheckEntry? ToEntry() =>
        Other.Path is null ? null : new CheckEntry { Check = "in_dataset", Column = Of, Data = Other.Path, Other = OtherColumn };

    private static void Add(RowBatch batch, KeyBytes keys, KeyTable values)
    {
        keys.Start(batch.Batch);
        for (var row = 0; row < batch.Length; row++)
        {
            if (!keys.IsMissing(row))
            {
                values.Add(keys[row], out _);
            }
        }
    }

    private sealed class Test(string column, KeyBytes keys, KeyTable values) : ColumnTest(column)
    {
        protected override void Mark(RowBatch batch, int ordinal, Apache.Arrow.IArrowArray array, RowBits judged, RowBits wrong)
        {
            keys.Start(batch.Batch);
            foreach (var row in judged)
            {
                if (values.Find(keys[row]) < 0)
                {
                    wrong.Set(row);
                }
            }
        }
    }
}
