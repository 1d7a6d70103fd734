using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Operations;

/// <summary>Keeps the rows that a test picks from each batch.</summary>
internal sealed class RowFilter : IDatasetSource
{
    private readonly Dataset _dataset;
    private readonly IReadOnlyList<string>? _columns;
    private readonly Func<CancellationToken, ValueTask<Action<RowBatch, List<int>>>> _start;

    /// <param name="dataset">The rows.</param>
    /// <param name="columns">What the test reads; null for all.</param>
    /// <param name="pick">Adds the indices of the rows of a batch to keep, rising.</param>
    public RowFilter(Dataset dataset, IReadOnlyList<string>? columns, Action<RowBatch, List<int>> pick)
        : this(dataset, columns, () => pick)
    {
    }

    /// <param name="dataset">The rows.</param>
    /// <param name="columns">What the test reads; null for all.</param>
    /// <param name="start">Makes the test of one read, which may keep what it works with.</param>
    public RowFilter(Dataset dataset, IReadOnlyList<string>? columns, Func<Action<RowBatch, List<int>>> start)
        : this(dataset, columns, _ => ValueTask.FromResult(start()))
    {
    }

    /// <param name="dataset">The rows.</param>
    /// <param name="columns">What the test reads; null for all.</param>
    /// <param name="start">Makes the test of one read, and may read before.</param>
    public RowFilter(Dataset dataset, IReadOnlyList<string>? columns, Func<CancellationToken, ValueTask<Action<RowBatch, List<int>>>> start)
    {
        (_dataset, _columns, _start) = (dataset, columns, start);
    }

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => _dataset.GetPlainSchemaAsync(cancellationToken);

    public IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, CancellationToken cancellationToken = default) =>
        BatchShaping.ShapeAsync(FilterAsync(options, cancellationToken), options, cancellationToken);

    private async IAsyncEnumerable<RecordBatch> FilterAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? columns = options.Columns is null ? null
            : _columns is null ? null
            : [.. options.Columns.Union(_columns, StringComparer.Ordinal)];
        var schema = BatchShaping.Select(await GetSchemaAsync(cancellationToken).ConfigureAwait(false), options.Columns);
        List<int> rows = [];
        var pick = await _start(cancellationToken).ConfigureAwait(false);
        var position = 0L;
        await foreach (var batch in _dataset.ReadPlainAsync(new DatasetReadOptions { Columns = columns, BatchSize = options.BatchSize }, cancellationToken).ConfigureAwait(false))
        {
            rows.Clear();
            pick(new RowBatch(batch, position, _dataset.Name), rows);
            position += batch.Length;
            if (rows.Count == batch.Length && batch.ColumnCount == schema.FieldsList.Count)
            {
                yield return batch;
                continue;
            }

            using (batch)
            {
                if (rows.Count > 0)
                {
                    yield return BatchShaping.Gather(batch, schema, [.. rows]);
                }
            }
        }
    }
}
