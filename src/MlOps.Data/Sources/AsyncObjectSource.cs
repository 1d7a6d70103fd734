using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources;

/// <summary>Rows made from objects that arrive one after the other, asked for anew at every read.</summary>
internal sealed class AsyncObjectSource<T> : IDatasetSource
{
    private readonly Func<CancellationToken, IAsyncEnumerable<T>> _rows;
    private readonly ColumnsBuilder<T> _columns;
    private readonly Schema _schema;

    public AsyncObjectSource(Func<CancellationToken, IAsyncEnumerable<T>> rows, ColumnsBuilder<T> columns)
    {
        (_rows, _columns) = (rows, columns);
        _schema = new Schema([.. columns.Columns.Select(column => column.Field)], metadata: null);
    }

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_schema);

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var batches = new ObjectBatches<T>(_columns, BatchShaping.Select(_schema, options.Columns), options);
        if (batches.IsDone)
        {
            yield break;
        }

        await foreach (var row in _rows(cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (batches.Add(row) is { } batch)
            {
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
