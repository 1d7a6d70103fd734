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

    /// <summary>Batches with decoded rows, counted from the first.</summary>
    public static async IAsyncEnumerable<RowBatch> RowsAsync(
        Dataset dataset, IReadOnlyList<string>? columns, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var position = 0L;
        await foreach (var batch in dataset.ReadPlainAsync(new DatasetReadOptions { Columns = columns }, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                yield return new RowBatch(batch, position, dataset.Name);
                position += batch.Length;
            }
        }
    }
}
