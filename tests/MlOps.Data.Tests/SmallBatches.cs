using Apache.Arrow;

namespace MlOps.Data.Tests;

/// <summary>Gives the rows in batches of a few.</summary>
internal sealed class SmallBatches(Dataset dataset, int size) : IDatasetSource
{
    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => dataset.GetSchemaAsync(cancellationToken);

    public IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, CancellationToken cancellationToken = default) =>
        dataset.ReadAsync(options with { BatchSize = size }, cancellationToken);
}

/// <summary>Has columns, and throws when a row is read.</summary>
internal sealed class UnreadableSource(Dataset dataset) : IDatasetSource
{
    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => dataset.GetSchemaAsync(cancellationToken);

    public IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("No row was to be read.");
}
