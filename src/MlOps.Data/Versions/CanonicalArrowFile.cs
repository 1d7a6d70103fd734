using Apache.Arrow.Ipc;
using MlOps.Data.Columns;

namespace MlOps.Data;

/// <summary>Writes equal rows as equal bytes, whatever batches they came in: fixed batch length, plain columns, no validity without nulls.</summary>
internal static class CanonicalArrowFile
{
    public const int RowsPerBatch = 65_536;

    /// <summary>Writes an Arrow IPC file and returns the number of rows.</summary>
    public static async Task<long> WriteAsync(Dataset dataset, Stream target, CancellationToken cancellationToken)
    {
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        using var writer = new ArrowFileWriter(target, schema, leaveOpen: true);
        await writer.WriteStartAsync(cancellationToken).ConfigureAwait(false);
        var rows = 0L;
        var batches = BatchShaping.RechunkAsync(dataset.ReadPlainAsync(null, cancellationToken), schema, RowsPerBatch, cancellationToken);
        await foreach (var batch in batches.ConfigureAwait(false))
        {
            rows += batch.Length;
            await writer.WriteRecordBatchAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        await writer.WriteEndAsync(cancellationToken).ConfigureAwait(false);
        await target.FlushAsync(cancellationToken).ConfigureAwait(false);
        return rows;
    }
}
