using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Operations;

/// <summary>A data set made from others by two functions.</summary>
internal sealed class DerivedSource : IDatasetSource
{
    private readonly Func<CancellationToken, ValueTask<Schema>> _schema;
    private readonly Func<DatasetReadOptions, CancellationToken, IAsyncEnumerable<RecordBatch>> _read;

    public DerivedSource(Func<CancellationToken, ValueTask<Schema>> schema, Func<DatasetReadOptions, CancellationToken, IAsyncEnumerable<RecordBatch>> read)
    {
        _schema = schema;
        _read = read;
    }

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => _schema(cancellationToken);

    public IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, CancellationToken cancellationToken = default) => _read(options, cancellationToken);

    /// <summary>The data set's batches with plain columns.</summary>
    public static async IAsyncEnumerable<RecordBatch> PlainAsync(
        Dataset dataset, DatasetReadOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Schema? plain = null;
        await foreach (var batch in dataset.ReadAsync(options, cancellationToken).ConfigureAwait(false))
        {
            plain ??= PlainColumns.Of(batch.Schema);
            yield return PlainColumns.Of(batch, plain);
        }
    }

    public static async ValueTask<Schema> PlainSchemaAsync(Dataset dataset, CancellationToken cancellationToken) =>
        PlainColumns.Of(await dataset.GetSchemaAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Batches with decoded rows, counted from the first.</summary>
    public static async IAsyncEnumerable<RowBatch> RowsAsync(
        Dataset dataset, IReadOnlyList<string>? columns, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var position = 0L;
        await foreach (var batch in PlainAsync(dataset, new DatasetReadOptions { Columns = columns }, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                yield return new RowBatch(batch, position, dataset.Name);
                position += batch.Length;
            }
        }
    }
}
