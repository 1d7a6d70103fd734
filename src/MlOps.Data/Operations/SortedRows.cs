using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Data.Sources;

namespace MlOps.Data.Operations;

/// <summary>Puts rows in the order of one column; a stable sort, missing values last.</summary>
internal static class SortedRows
{
    public static async Task<Dataset> SortAsync(Dataset dataset, string column, bool descending, CancellationToken cancellationToken)
    {
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        dataset.RequireColumn(schema, column);
        List<RecordBatch> whole = [];
        await foreach (var batch in BatchShaping.RechunkAsync(dataset.ReadPlainAsync(null, cancellationToken), schema, int.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            whole.Add(batch);
        }

        if (whole.Count == 0)
        {
            return new Dataset(dataset.Name, new HeldBatches(schema, []));
        }

        var rows = Order(new RowBatch(whole[0], 0, dataset.Name), schema.GetFieldIndex(column, StringComparer.Ordinal), descending);
        return new Dataset(dataset.Name, new HeldBatches(schema, [BatchShaping.Gather(whole[0], schema, rows)]));
    }

    private static int[] Order(RowBatch batch, int column, bool descending)
    {
        var array = batch.Batch.Column(column);
        var kind = ColumnReader.KindOf(array.Data.DataType);
        var rows = new int[array.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        if (kind == ColumnKind.Time)
        {
            var ticks = batch.Ticks(column);
            return Sorted(rows, row => ticks[row] == ColumnReader.MissingTicks, (left, right) => ticks[left].CompareTo(ticks[right]), descending);
        }

        if (array is Int64Array { Values: var _ } integers)
        {
            return Sorted(rows, row => integers.IsNull(row), (left, right) => integers.Values[left].CompareTo(integers.Values[right]), descending);
        }

        if (kind == ColumnKind.Text)
        {
            var texts = batch.Texts(column);
            return Sorted(rows, row => texts[row] is null, (left, right) => string.CompareOrdinal(texts[left], texts[right]), descending);
        }

        var numbers = batch.Numbers(column);
        return Sorted(rows, row => double.IsNaN(numbers[row]), (left, right) => numbers[left].CompareTo(numbers[right]), descending);
    }

    private static int[] Sorted(int[] rows, Func<int, bool> isMissing, Comparison<int> compare, bool descending)
    {
        System.Array.Sort(rows, (left, right) =>
        {
            var (leftMissing, rightMissing) = (isMissing(left), isMissing(right));
            if (leftMissing || rightMissing)
            {
                return leftMissing == rightMissing ? left.CompareTo(right) : leftMissing ? 1 : -1;
            }

            var order = compare(left, right);
            return order == 0 ? left.CompareTo(right) : descending ? -order : order;
        });
        return rows;
    }
}
