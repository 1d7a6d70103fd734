using Apache.Arrow;

namespace MlOps.Data;

/// <summary>Where a data set's rows come from: a file, a query, objects in memory, another data set.</summary>
/// <remarks>Re-readable: every call to <see cref="ReadAsync"/> starts again at the first row. Safe to read from several threads at once.</remarks>
public interface IDatasetSource
{
    /// <summary>The names and types of the columns, without reading rows where the format allows it.</summary>
    ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default);

    /// <summary>Streams the rows as Arrow record batches; memory stays bounded however large the source is.</summary>
    /// <remarks>The caller owns each batch and disposes it. Batches hold exactly the columns asked for, in the order asked for.</remarks>
    IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, CancellationToken cancellationToken = default);
}
