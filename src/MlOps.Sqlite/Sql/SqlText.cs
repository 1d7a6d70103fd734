using System.Buffers;
using System.Data.Common;

namespace MlOps.Sqlite;

/// <summary>Carries NUL characters through databases whose texts end at one: NUL becomes U+0010 '0', and U+0010 becomes U+0010 '1'.</summary>
internal static class SqlText
{
    private static readonly SearchValues<char> _special = SearchValues.Create("\u0000\u0010");

    public static string Escape(string text) =>
        text.AsSpan().ContainsAny(_special)
            ? text.Replace("\u0010", "\u00101", StringComparison.Ordinal).Replace("\u0000", "\u00100", StringComparison.Ordinal)
            : text;

    public static string Unescape(string text) =>
        text.Contains('\u0010', StringComparison.Ordinal)
            ? text.Replace("\u00100", "\u0000", StringComparison.Ordinal).Replace("\u00101", "\u0010", StringComparison.Ordinal)
            : text;

    public static string Text(this DbDataReader reader, int column) => Unescape(reader.GetString(column));

    public static string? TextOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Text(column);

    public static DateTimeOffset Time(this DbDataReader reader, int column) => new(reader.GetInt64(column), TimeSpan.Zero);

    public static DateTimeOffset? TimeOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Time(column);

    // A NaN was stored as NULL.
    public static double Number(this DbDataReader reader, int column) => reader.IsDBNull(column) ? double.NaN : reader.GetDouble(column);
}
