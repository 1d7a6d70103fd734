namespace MlOps.Data;

/// <summary>How the pages of a Parquet file are compressed.</summary>
public enum ParquetCompression
{
    /// <summary>Zstandard: small, and fast to read.</summary>
    Zstandard,

    /// <summary>Snappy: larger, and read by every tool.</summary>
    Snappy,

    /// <summary>GZip: small, and slow to write.</summary>
    GZip,

    /// <summary>Not at all.</summary>
    None,
}
