namespace MlOps.Data;

/// <summary>How a CSV file is to be written: by RFC 4180, in UTF-8, with line feeds.</summary>
public sealed record CsvWriteOptions
{
    /// <summary>What stands between cells, an ASCII character. Default: a comma.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the first line names the columns. Default true.</summary>
    public bool Header { get; init; } = true;

    /// <summary>Whether a byte order mark stands first, by which spreadsheets know UTF-8. Default false.</summary>
    public bool ByteOrderMark { get; init; }
}
