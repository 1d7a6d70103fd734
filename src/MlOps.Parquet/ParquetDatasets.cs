using MlOps.Data.Columns;
using MlOps.Parquet;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace MlOps.Data;

/// <summary>Reads and writes Parquet files.</summary>
public static class ParquetDatasets
{
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

    /// <summary>Writes the rows as a Parquet file: whole or not at all, replacing what was there.</summary>
    /// <param name="dataset">Read once.</param>
    /// <param name="path">Its folder is made when it is not there.</param>
    /// <param name="options">Compression (Zstandard by default), row groups.</param>
    /// <param name="cancellationToken">Stops before the file is replaced.</param>
    /// <returns>The number of rows.</returns>
    public static Task<long> WriteParquetAsync(this Dataset dataset, string path, ParquetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new ParquetWriteOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RowsPerGroup, 1, nameof(options));
        return TargetFile.ReplaceAsync(path, (partial, token) => WriteAsync(dataset, partial, options, token), cancellationToken);
    }

    private static async Task<long> WriteAsync(Dataset dataset, string path, ParquetWriteOptions options, CancellationToken cancellationToken)
    {
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var rows = 0L;
        using var compression = new WriterPropertiesBuilder();
        using var properties = compression.Compression(Codec(options.Compression)).MaxRowGroupLength(options.RowsPerGroup).Build();
        using var keepSchema = new ArrowWriterPropertiesBuilder();
        using var arrow = keepSchema.StoreSchema().Build();
        using var writer = new FileWriter(path, schema, properties, arrow);
        var batches = BatchShaping.RechunkAsync(dataset.ReadPlainAsync(null, cancellationToken), schema, options.RowsPerGroup, cancellationToken);
        await foreach (var batch in batches.ConfigureAwait(false))
        {
            rows += batch.Length;
            writer.WriteRecordBatch(batch, options.RowsPerGroup);
        }

        writer.Close();
        return rows;
    }

    private static Compression Codec(ParquetCompression compression) => compression switch
    {
        ParquetCompression.Zstandard => Compression.Zstd,
        ParquetCompression.Snappy => Compression.Snappy,
        ParquetCompression.GZip => Compression.Gzip,
        _ => Compression.Uncompressed,
    };
}
