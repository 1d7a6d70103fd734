using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlOps.Data.Checks.Formats;

/// <summary>Whether texts have a form; every test is linear in the text's length.</summary>
internal static class TextFormats
{
    private static readonly string[] TimeForms =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    private static readonly string[] SpacedTimeForms = [.. TimeForms.Select(form => form.Replace("'T'", "' '", StringComparison.Ordinal))];

    public static Func<string, bool> Test(TextFormat format) => format switch
    {
        TextFormat.Email => static text => EmailAddress.Is(text),
        TextFormat.Url => static text => UrlText.Is(text),
        TextFormat.Uuid => static text => Guid.TryParseExact(text, "D", out _),
        TextFormat.IPv4 => static text => IPAddresses.IsV4(text),
        TextFormat.IPv6 => static text => IPAddresses.IsV6(text),
        TextFormat.Iban => static text => CheckDigits.IsIban(text),
        TextFormat.CreditCard => static text => CheckDigits.IsCardNumber(text),
        TextFormat.Date => static text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        TextFormat.DateTime => IsDateTime,
        TextFormat.Json => IsJson,
        TextFormat.Hex => IsHex,
        TextFormat.SemanticVersion => static text => SemanticVersionText.Is(text),
        TextFormat.PhoneE164 => static text => text is ['+', >= '1' and <= '9', ..] && text.Length is > 2 and <= 16 && AreDigits(text.AsSpan(1)),
        TextFormat.Integer => static text => AreDigits(text.AsSpan(text is ['+' or '-', ..] ? 1 : 0)),
        TextFormat.Number => IsNumber,
        TextFormat.Boolean => static text => text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase),
        TextFormat.SocialSecurityNumber => IsSocialSecurityNumber,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };

    /// <summary>Whether there is at least one character and all are digits of ASCII.</summary>
    public static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsDateTime(string text)
    {
        if (text.Length < 16 || text[10] is not ('T' or ' '))
        {
            return false;
        }

        return DateTime.TryParseExact(text, text[10] == 'T' ? TimeForms : SpacedTimeForms, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)
            && text[^1] is not '.';
    }

    private static bool IsJson(string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static bool IsHex(string text)
    {
        var digits = text.AsSpan(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0);
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        return !digits.IsEmpty;
    }

    private static bool IsNumber(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
    }

    private static bool IsSocialSecurityNumber(string text) =>
        text.Length == 11 && text[3] == '-' && text[6] == '-'
        && AreDigits(text.AsSpan(0, 3)) && AreDigits(text.AsSpan(4, 2)) && AreDigits(text.AsSpan(7))
        && text.AsSpan(0, 3) is not ("000" or "666") && text[0] != '9' && text.AsSpan(4, 2) is not "00" && text.AsSpan(7) is not "0000";
}
