using MlOps.Data.Sources.Text;

namespace MlOps.Data.Sources.Csv;

/// <summary>All that must be known to read a file's rows.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Dialect">The bytes of structure.</param>
/// <param name="HeaderBytes">Where the first row begins, in UTF-8.</param>
/// <param name="HasHeader">Whether a line names the columns.</param>
/// <param name="Names">The columns.</param>
/// <param name="Rules">How values are written.</param>
/// <param name="Reasons">Why, a sentence each.</param>
internal sealed record CsvLayout(
    TextEncoding Encoding, CsvDialect Dialect, int HeaderBytes, bool HasHeader, IReadOnlyList<string> Names, CellRules Rules, IReadOnlyList<string> Reasons)
{
    public CsvFormat Format(IReadOnlyList<CsvFormatColumn> columns) => new()
    {
        Delimiter = (char)Dialect.Delimiter,
        Quote = (char)Dialect.Quote,
        HasHeader = HasHeader,
        DecimalSeparator = (char)Dialect.Decimal,
        Encoding = Encoding.Encoding,
        Columns = columns,
        Reasons = Reasons,
    };
}
