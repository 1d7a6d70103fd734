using System.Globalization;
using Apache.Arrow.Types;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources;

/// <summary>How CSV text becomes typed cells.</summary>
internal static class CsvTypes
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    public static TimestampType Time { get; } = new(TimeUnit.Microsecond, "UTC");

    public static IArrowType ArrowType(CsvColumnType type) => type switch
    {
        CsvColumnType.Integer => Int64Type.Default,
        CsvColumnType.Number => DoubleType.Default,
        CsvColumnType.Boolean => BooleanType.Default,
        CsvColumnType.Time => Time,
        _ => StringType.Default,
    };

    public static string Describe(IArrowType type) => type switch
    {
        Int64Type => "a whole number",
        DoubleType => "a number",
        BooleanType => "true or false",
        TimestampType => "an ISO 8601 date or time such as 2026-01-31T12:30:00Z",
        _ => "text",
    };

    public static bool TryInteger(ReadOnlySpan<char> cell, out long value) => long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryNumber(ReadOnlySpan<char> cell, out double value) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public static bool TryBoolean(ReadOnlySpan<char> cell, out bool value) => bool.TryParse(cell, out value);

    public static bool TryTime(ReadOnlySpan<char> cell, out DateTime value)
    {
        value = default;
        return cell.Length >= 10 && cell[4] == '-' && DateTime.TryParseExact(cell, TimeFormats, CultureInfo.InvariantCulture, Utc, out value);
    }

    public static bool TryAppend(ColumnAppender appender, IArrowType type, ReadOnlySpan<char> cell)
    {
        switch (type)
        {
            case Int64Type:
                if (!TryInteger(cell, out var integer))
                {
                    return false;
                }

                appender.AppendValue(integer);
                return true;
            case DoubleType:
                if (!TryNumber(cell, out var number))
                {
                    return false;
                }

                appender.AppendValue(number);
                return true;
            case BooleanType:
                if (!TryBoolean(cell, out var boolean))
                {
                    return false;
                }

                appender.AppendBoolean(boolean);
                return true;
            case TimestampType:
                if (!TryTime(cell, out var time))
                {
                    return false;
                }

                appender.AppendValue((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
                return true;
            default:
                appender.AppendText(cell);
                return true;
        }
    }
}
