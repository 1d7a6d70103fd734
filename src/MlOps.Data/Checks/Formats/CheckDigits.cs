namespace MlOps.Data.Checks.Formats;

/// <summary>Numbers that carry check digits.</summary>
internal static class CheckDigits
{
    /// <summary>ISO 13616: country, two check digits, up to 30 letters and digits; with the first four moved to the end it leaves 1 when divided by 97.</summary>
    public static bool IsIban(ReadOnlySpan<char> text)
    {
        Span<char> compact = stackalloc char[34];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ' ' && i > 0 && i < text.Length - 1 && text[i - 1] != ' ')
            {
                continue;
            }

            if (length == compact.Length || !char.IsAsciiLetterOrDigit(text[i]))
            {
                return false;
            }

            compact[length++] = char.ToUpperInvariant(text[i]);
        }

        if (length < 15 || !char.IsAsciiLetter(compact[0]) || !char.IsAsciiLetter(compact[1]) || !char.IsAsciiDigit(compact[2]) || !char.IsAsciiDigit(compact[3]))
        {
            return false;
        }

        var remainder = 0;
        for (var i = 0; i < length; i++)
        {
            var sign = compact[(i + 4) % length];
            remainder = char.IsAsciiDigit(sign) ? ((remainder * 10) + (sign - '0')) % 97 : ((remainder * 100) + (sign - 'A' + 10)) % 97;
        }

        return remainder == 1;
    }

    /// <summary>Luhn's formula over 12 to 19 digits.</summary>
    public static bool IsCardNumber(ReadOnlySpan<char> text)
    {
        var (sum, digits) = (0, 0);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] is ' ' or '-' && i > 0 && i < text.Length - 1 && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]))
            {
                continue;
            }

            if (!char.IsAsciiDigit(text[i]))
            {
                return false;
            }

            var digit = (text[i] - '0') * (digits % 2 == 0 ? 1 : 2);
            sum += digit > 9 ? digit - 9 : digit;
            digits++;
        }

        return digits is >= 12 and <= 19 && sum % 10 == 0;
    }
}
