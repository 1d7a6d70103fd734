using System.Buffers;

namespace MlOps.Sql;

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
}
