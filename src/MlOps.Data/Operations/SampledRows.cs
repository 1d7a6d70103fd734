using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Operations;

/// <summary>A fixed number of rows: those whose positions have the smallest hashes, found in one pass and given in the source's order.</summary>
internal sealed class SampledRows : IDatasetSource
{
    private readonly Dataset _dataset;
    private readonly int _count;
    private readonly SeededHash _hash;

    public SampledRows(Dataset dataset, int count, SeededHash hash)
    {
        (_dataset, _count, _hash) = (dataset, count, hash);
    }

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => _dataset.GetPlainSchemaAsync(cancellationToken);

    public IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, CancellationToken cancellationToken = default) =>
        BatchShaping.ShapeAsync(SampleAsync(options, cancellationToken), options, cancellationToken);

    private async IAsyncEnumerable<RecordBatch> SampleAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_count == 0)
        {
            yield break;
        }

        var schema = BatchShaping.Select(await GetSchemaAsync(cancellationToken).ConfigureAwait(false), options.Columns);
        var read = new DatasetReadOptions { Columns = options.Columns, BatchSize = options.BatchSize };
        PriorityQueue<ulong, ulong> smallest = new(Comparer<ulong>.Create((left, right) => right.CompareTo(left)));
        List<ulong> hashes = [];
        List<int> rows = [];
        ColumnAppender[] appenders = [];
        var position = 0L;
        await foreach (var batch in _dataset.ReadPlainAsync(read, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                rows.Clear();
                for (var i = 0; i < batch.Length; i++)
                {
                    var hash = _hash.At(position + i);
                    if (smallest.Count < _count)
                    {
                        smallest.Enqueue(hash, hash);
                        rows.Add(i);
                    }
                    else if (hash < smallest.Peek())
                    {
                        smallest.DequeueEnqueue(hash, hash);
                        rows.Add(i);
                    }
                }

                // Some were driven out again by later rows of the same batch.
                rows.RemoveAll(row => _hash.At(position + row) > smallest.Peek());
                hashes.AddRange(rows.Select(row => _hash.At(position + row)));
                if (appenders.Length == 0)
                {
                    appenders = [.. schema.FieldsList.Select(ColumnAppender.For)];
                }

                for (var i = 0; i < appenders.Length; i++)
                {
                    appenders[i].Append(batch.Column(i), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
                }

                position += batch.Length;
            }

            if (hashes.Count > 2L * _count)
            {
                using var held = Held(schema, appenders, hashes, smallest.Peek());
                for (var i = 0; i < appenders.Length; i++)
                {
                    appenders[i].Append(held.Column(i), 0, held.Length);
                }
            }
        }

        if (hashes.Count > 0)
        {
            yield return Held(schema, appenders, hashes, smallest.Peek());
        }
    }

    /// <summary>Takes the rows collected out of the appenders, without those that were driven out.</summary>
    private static RecordBatch Held(Schema schema, ColumnAppender[] appenders, List<ulong> hashes, ulong largest)
    {
        using var all = new RecordBatch(schema, appenders.Select(appender => appender.Build()).ToArray(), hashes.Count);
        int[] kept = [.. Enumerable.Range(0, hashes.Count).Where(row => hashes[row] <= largest)];
        hashes.RemoveAll(hash => hash > largest);
        return BatchShaping.Gather(all, schema, kept);
    }
}
