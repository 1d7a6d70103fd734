using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Checks.Running;
using MlOps.Data.Columns;
using MlOps.Data.Operations;
using MlOps.Data.Operations.Keys;

namespace MlOps.Data.Equality;

/// <summary>Compares rows by key: the expected ones are held as columns, in batches of one size, so that a key's number is its row.</summary>
internal static class KeyedRows
{
    public static async Task CompareAsync(
        (Dataset Dataset, Schema Schema) expected,
        (Dataset Dataset, Schema Schema) actual,
        DifferenceList differences,
        DatasetDiffOptions options,
        CancellationToken cancellationToken)
    {
        var pairs = options.Keys.Select(key => KeyColumn.For(
            expected.Dataset.RequireColumn(expected.Schema, key), expected.Dataset.Name, actual.Dataset.RequireColumn(actual.Schema, key), actual.Dataset.Name)).ToList();
        var wantedKeys = new KeyBytes(options.Keys, [.. pairs.Select(pair => pair.Left)]);
        var thereKeys = new KeyBytes(options.Keys, [.. pairs.Select(pair => pair.Right)]);
        var table = new KeyTable();
        List<RowBatch> held = [];
        var batches = BatchShaping.RechunkAsync(
            BoundedAsync(expected.Dataset, table, options.MemoryBudget, cancellationToken), expected.Schema, DatasetReadOptions.All.BatchSize, cancellationToken);
        await foreach (var batch in batches.ConfigureAwait(false))
        {
            var rows = new RowBatch(batch, table.Count, expected.Dataset.Name);
            held.Add(rows);
            Index(rows, wantedKeys, table, held, options.Keys);
        }

        differences.ExpectedRows = table.Count;
        var found = new FailureBitmap();
        await foreach (var batch in DerivedSource.RowsAsync(actual.Dataset, null, cancellationToken).ConfigureAwait(false))
        {
            differences.ActualRows += batch.Length;
            thereKeys.Start(batch.Batch);
            for (var row = 0; row < batch.Length; row++)
            {
                var place = table.Find(thereKeys[row]);
                if (place < 0 || found[place])
                {
                    differences.AddExtra(batch, row);
                }
                else
                {
                    found.Set(place);
                    var (rows, at) = Place(held, place);
                    differences.Compare(rows, at, batch, row);
                }
            }
        }

        for (var place = 0; place < table.Count && found.Count < table.Count; place++)
        {
            if (!found[place])
            {
                var (rows, at) = Place(held, place);
                differences.AddMissing(rows, at);
            }
        }
    }

    private static (RowBatch Batch, int Row) Place(List<RowBatch> held, int row) =>
        (held[row / DatasetReadOptions.All.BatchSize], row % DatasetReadOptions.All.BatchSize);

    private static void Index(RowBatch rows, KeyBytes keys, KeyTable table, List<RowBatch> held, IReadOnlyList<string> names)
    {
        keys.Start(rows.Batch);
        for (var row = 0; row < rows.Length; row++)
        {
            var place = table.Add(keys[row], out var isNew);
            if (!isNew)
            {
                var first = Place(held, place);
                throw new MlOpsException(
                    ErrorCodes.DuplicateKey,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Two expected rows, {first.Batch.Position + first.Row} and {rows.Position + row}, have the key '{RowWords.Of(rows, row, names) ?? "missing"}': name the columns that tell every row from the others."));
            }
        }
    }

    private static async IAsyncEnumerable<RecordBatch> BoundedAsync(
        Dataset dataset, KeyTable table, long most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bytes = 0L;
        await foreach (var batch in dataset.ReadPlainAsync(null, cancellationToken).ConfigureAwait(false))
        {
            bytes += ArrowSize.Of(batch);
            if (bytes + table.Bytes > most)
            {
                batch.Dispose();
                throw new MlOpsException(
                    ErrorCodes.TooLarge,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The rows of '{dataset.Name}' take more than the {most} bytes that may be held to compare by keys: compare rows in the same order, select fewer columns, or raise MemoryBudget."));
            }

            yield return batch;
        }
    }
}
