namespace MlOps.Data.Checks.Formats;

/// <summary>Absolute URLs of the schemes of the web, by RFC 3986 with letters of any script in host and path.</summary>
internal static class UrlText
{
    private const int MostHost = 253;
    private const int MostLabel = 63;

    public static bool Is(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (end < 0 || !IsScheme(text[..end]))
        {
            return false;
        }

        foreach (var sign in text)
        {
            if (char.IsWhiteSpace(sign) || char.IsControl(sign))
            {
                return false;
            }
        }

        var authority = text[(end + 3)..];
        var path = authority.IndexOfAny('/', '?', '#');
        authority = path < 0 ? authority : authority[..path];
        return IsHostAndPort(authority[(authority.LastIndexOf('@') + 1)..]);
    }

    private static bool IsScheme(ReadOnlySpan<char> scheme) =>
        scheme.Equals("http", StringComparison.OrdinalIgnoreCase)
        || scheme.Equals("https", StringComparison.OrdinalIgnoreCase)
        || scheme.Equals("ftp", StringComparison.OrdinalIgnoreCase);

    private static bool IsHostAndPort(ReadOnlySpan<char> text)
    {
        if (text is ['[', ..])
        {
            var close = text.IndexOf(']');
            return close > 0 && IPAddresses.IsV6(text[1..close]) && (close == text.Length - 1 || (text[close + 1] == ':' && IsPort(text[(close + 2)..])));
        }

        var colon = text.IndexOf(':');
        return colon < 0 ? IsHost(text) : IsHost(text[..colon]) && IsPort(text[(colon + 1)..]);
    }

    private static bool IsPort(ReadOnlySpan<char> text)
    {
        var port = 0;
        foreach (var sign in text)
        {
            port = char.IsAsciiDigit(sign) ? (port * 10) + (sign - '0') : int.MaxValue;
            if (port > ushort.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    // A name may end with the dot of the root.
    private static bool IsHost(ReadOnlySpan<char> host)
    {
        host = host is [.. var name, '.'] ? name : host;
        if (host.IsEmpty || host.Length > MostHost)
        {
            return false;
        }

        foreach (var range in host.Split('.'))
        {
            var label = host[range];
            if (label.Length is 0 or > MostLabel || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var sign in label)
            {
                if (!char.IsLetterOrDigit(sign) && sign is not ('-' or '_') && !char.IsSurrogate(sign))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
