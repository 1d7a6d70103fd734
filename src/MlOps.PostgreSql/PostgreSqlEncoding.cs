using System.Text;

namespace MlOps.PostgreSql;

/// <summary>What PostgreSQL takes as text.</summary>
internal static class PostgreSqlEncoding
{
    /// <summary>The text with U+FFFD for halves of surrogate pairs, which UTF-8 has no bytes for: SQLite's driver does the same.</summary>
    public static string WellFormed(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
}
