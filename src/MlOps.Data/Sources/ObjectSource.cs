using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources;

/// <summary>Rows made from objects, anew at every read.</summary>
internal sealed class ObjectSource<T> : IDatasetSource
{
    private readonly IEnumerable<T> _rows;
    private readonly ColumnsBuilder<T> _columns;
    private readonly Schema _schema;

    public ObjectSource(IEnumerable<T> rows, ColumnsBuilder<T> columns)
    {
        (_rows, _columns) = (rows, columns);
        _schema = new Schema([.. columns.Columns.Select(column => column.Field)], metadata: null);
    }

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_schema);

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        var batches = new ObjectBatches<T>(_columns, BatchShaping.Select(_schema, options.Columns), options);
        if (batches.IsDone)
        {
            yield break;
        }

        foreach (var row in _rows)
        {
            if (batches.Add(row) is { } batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return batch;
            }

            if (batches.IsDone)
            {
                break;
            }
        }

        if (batches.Rest() is { } rest)
        {
            yield return rest;
        }
    }
}
