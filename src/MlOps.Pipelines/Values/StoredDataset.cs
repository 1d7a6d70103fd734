using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using MlOps.Data;
using MlOps.Storage;

namespace MlOps.Pipelines.Values;

/// <summary>A data set that a step returned, kept as an Arrow IPC stream in the blob store.</summary>
internal sealed class StoredDataset(string name, IBlobStore blobs, ContentHash hash) : IDatasetSource
{
    public static async Task WriteAsync(Dataset dataset, Stream target, CancellationToken cancellationToken)
    {
        var schema = CanonicalBatches.Of(await dataset.GetSchemaAsync(cancellationToken).ConfigureAwait(false));
        using var writer = new ArrowStreamWriter(target, schema, leaveOpen: true);
        await writer.WriteStartAsync(cancellationToken).ConfigureAwait(false);
        var rows = CanonicalBatches.CutAsync(
            dataset.Name, schema, dataset.ReadAsync(null, cancellationToken), CanonicalBatches.Rows, cancellationToken);
        await foreach (var batch in rows.ConfigureAwait(false))
        {
            using (batch)
            {
                await writer.WriteRecordBatchAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }

        await writer.WriteEndAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default)
    {
        var stream = await blobs.OpenReadAsync(hash, cancellationToken).ConfigureAwait(false);
        using var reader = new ArrowStreamReader(stream);
        return await reader.GetSchema(cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stored = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        var schema = options.Columns is { } columns ? new Schema(columns.Select(column => stored.GetFieldByName(column)), null) : stored;
        var pieces = CanonicalBatches.CutAsync(name, schema, ReadStoredAsync(schema, options, cancellationToken), options.BatchSize, cancellationToken);
        await foreach (var piece in pieces.ConfigureAwait(false))
        {
            yield return piece;
        }
    }

    private async IAsyncEnumerable<RecordBatch> ReadStoredAsync(
        Schema schema, DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = await blobs.OpenReadAsync(hash, cancellationToken).ConfigureAwait(false);
        using var reader = new ArrowStreamReader(stream);
        var skip = options.Offset;
        var left = options.Limit ?? long.MaxValue;
        while (left > 0 && await reader.ReadNextRecordBatchAsync(cancellationToken).ConfigureAwait(false) is { } batch)
        {
            var start = (int)Math.Min(skip, batch.Length);
            var count = (int)Math.Min(batch.Length - start, left);
            skip -= start;
            left -= count;
            if (count > 0)
            {
                yield return new RecordBatch(
                    schema, schema.FieldsList.Select(field => ArrowArrayFactory.BuildArray(batch.Column(field.Name).Data.Slice(start, count))), count);
            }
        }
    }
}
