namespace MlOps.Data.Checks.Formats;

/// <summary>E-mail addresses as sites accept them: a dot-atom of RFC 5322 before the sign and a domain name after it.</summary>
internal static class EmailAddress
{
    private const string AtomSigns = "!#$%&'*+/=?^_`{|}~-";
    private const int MostLocal = 64;
    private const int Most = 254;

    public static bool Is(ReadOnlySpan<char> text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && text.Length <= Most && at <= MostLocal && IsLocal(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    private static bool IsLocal(ReadOnlySpan<char> local)
    {
        var last = '.';
        foreach (var sign in local)
        {
            if (sign == '.' ? last == '.' : !char.IsLetterOrDigit(sign) && !AtomSigns.Contains(sign, StringComparison.Ordinal))
            {
                return false;
            }

            last = sign;
        }

        return last != '.';
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        var labels = 0;
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var sign in label)
            {
                if (!char.IsLetterOrDigit(sign) && sign != '-')
                {
                    return false;
                }
            }

            labels++;
        }

        // The last label is a name, never a number.
        return labels >= 2 && !char.IsAsciiDigit(domain[^1]);
    }
}
