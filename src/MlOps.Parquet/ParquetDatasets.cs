using MlOps.Data.Columns;
using MlOps.Parquet;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace MlOps.Data;

/// <summary>Reads and writes Parquet files.</summary>
public static class ParquetDatasets
{
    private const int RowsPerGroup = 262_144;

    extension(Dataset)
    {
        /// <summary>Reads a Parquet file; only the row groups and columns that an operation wants are decoded.</summary>
        /// <param name="path">The file; it is opened when read.</param>
        /// <remarks>
        /// Dictionary-encoded columns come as plain text. Reading a missing, damaged or truncated file, or a nested column, is an
        /// <see cref="MlOpsException"/> that names the file and the column.
        /// </remarks>
        public static Dataset FromParquet(string path)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(path);
            return new Dataset(Path.GetFileNameWithoutExtension(path), new ParquetSource(path, SourceFile.Opener(path)));
        }
    }

    /// <summary>Writes the rows as a Parquet file compressed with Zstandard: whole or not at all, replacing what was there.</summary>
    /// <param name="dataset">Read once.</param>
    /// <param name="path">Its folder is made when it is not there.</param>
    /// <param name="cancellationToken">Stops before the file is replaced.</param>
    /// <returns>The number of rows.</returns>
    public static async Task<long> WriteParquetAsync(this Dataset dataset, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(path);
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var partial = $"{target}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.partial";
        try
        {
            var rows = 0L;
            using (var compression = new WriterPropertiesBuilder())
            using (var properties = compression.Compression(ParquetSharp.Compression.Zstd).Build())
            using (var keepSchema = new ArrowWriterPropertiesBuilder())
            using (var arrow = keepSchema.StoreSchema().Build())
            using (var writer = new FileWriter(partial, schema, properties, arrow))
            {
                var batches = BatchShaping.RechunkAsync(dataset.ReadPlainAsync(null, cancellationToken), schema, RowsPerGroup, cancellationToken);
                await foreach (var batch in batches.ConfigureAwait(false))
                {
                    rows += batch.Length;
                    writer.WriteRecordBatch(batch, RowsPerGroup);
                }

                writer.Close();
            }

            File.Move(partial, target, overwrite: true);
            return rows;
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
