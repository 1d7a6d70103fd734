using System.Globalization;

namespace MlOps.Data.Checks.Formats;

/// <summary>Addresses of the internet protocol in their usual text forms (RFC 4291, section 2.2).</summary>
internal static class IPAddresses
{
    private const int Groups = 8;

    public static bool IsV4(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length > 3 || !TextFormats.AreDigits(part) || (part.Length > 1 && part[0] == '0')
                || int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture) > 255)
            {
                return false;
            }
        }

        return parts == 4;
    }

    public static bool IsV6(ReadOnlySpan<char> text)
    {
        var gap = text.IndexOf("::");
        if (gap < 0)
        {
            return CountGroups(text, mayEndInV4: true) == Groups;
        }

        var head = text[..gap];
        var tail = text[(gap + 2)..];
        var before = head.IsEmpty ? 0 : CountGroups(head, mayEndInV4: false);
        var after = tail.IsEmpty ? 0 : CountGroups(tail, mayEndInV4: true);
        return before >= 0 && after >= 0 && before + after < Groups;
    }

    /// <summary>How many groups of up to four digits there are, an IPv4 address at the end being two; -1 where one is wrong.</summary>
    private static int CountGroups(ReadOnlySpan<char> text, bool mayEndInV4)
    {
        var groups = 0;
        foreach (var range in text.Split(':'))
        {
            var group = text[range];
            if (mayEndInV4 && range.End.GetOffset(text.Length) == text.Length && group.Contains('.'))
            {
                return IsV4(group) ? groups + 2 : -1;
            }

            if (group.Length is 0 or > 4)
            {
                return -1;
            }

            foreach (var digit in group)
            {
                if (!char.IsAsciiHexDigit(digit))
                {
                    return -1;
                }
            }

            groups++;
        }

        return groups;
    }
}
