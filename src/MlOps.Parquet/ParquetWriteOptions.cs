namespace MlOps.Data;

/// <summary>How a Parquet file is to be written.</summary>
public sealed record ParquetWriteOptions
{
    /// <summary>How pages are compressed. Default Zstandard.</summary>
    public ParquetCompression Compression { get; init; } = ParquetCompression.Zstandard;

    /// <summary>The rows of a row group, the part that a reader of a row range decodes whole; as many are held in memory. Default 262,144.</summary>
    public int RowsPerGroup { get; init; } = 262_144;
}
