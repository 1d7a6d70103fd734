namespace MlOps.Data.Checks.Formats;

/// <summary>Versions of Semantic Versioning 2.0.0.</summary>
internal static class SemanticVersionText
{
    public static bool Is(ReadOnlySpan<char> text)
    {
        var build = text.IndexOf('+');
        if (build >= 0)
        {
            if (!AreIdentifiers(text[(build + 1)..], mayLeadWithZero: true))
            {
                return false;
            }

            text = text[..build];
        }

        var release = text.IndexOf('-');
        if (release >= 0)
        {
            if (!AreIdentifiers(text[(release + 1)..], mayLeadWithZero: false))
            {
                return false;
            }

            text = text[..release];
        }

        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            if (++parts > 3 || !TextFormats.AreDigits(text[range]) || HasLeadingZero(text[range]))
            {
                return false;
            }
        }

        return parts == 3;
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool mayLeadWithZero)
    {
        foreach (var range in text.Split('.'))
        {
            var identifier = text[range];
            if (identifier.IsEmpty || (!mayLeadWithZero && TextFormats.AreDigits(identifier) && HasLeadingZero(identifier)))
            {
                return false;
            }

            foreach (var sign in identifier)
            {
                if (!char.IsAsciiLetterOrDigit(sign) && sign != '-')
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool HasLeadingZero(ReadOnlySpan<char> digits) => digits.Length > 1 && digits[0] == '0';
}
