namespace MlOps.Data.Checks.Formats;

/// <summary>What formats are called in check files, and in words.</summary>
internal static class FormatNames
{
    private static readonly (TextFormat Format, string Name, string Words)[] All =
    [
        (TextFormat.Email, "email", "an e-mail address"),
        (TextFormat.Url, "url", "a URL"),
        (TextFormat.Uuid, "uuid", "a UUID"),
        (TextFormat.IPv4, "ipv4", "an IPv4 address"),
        (TextFormat.IPv6, "ipv6", "an IPv6 address"),
        (TextFormat.Iban, "iban", "an IBAN"),
        (TextFormat.CreditCard, "credit_card", "a card number"),
        (TextFormat.Date, "date", "a date"),
        (TextFormat.DateTime, "date_time", "a date and time"),
        (TextFormat.Json, "json", "JSON"),
        (TextFormat.Hex, "hex", "hexadecimal"),
        (TextFormat.SemanticVersion, "semantic_version", "a semantic version"),
        (TextFormat.PhoneE164, "phone_e164", "a telephone number"),
        (TextFormat.Integer, "integer", "a whole number"),
        (TextFormat.Number, "number", "a number"),
        (TextFormat.Boolean, "boolean", "true or false"),
        (TextFormat.SocialSecurityNumber, "social_security_number", "a social security number"),
    ];

    public static IEnumerable<string> Names => All.Select(entry => entry.Name);

    public static string NameOf(TextFormat format) => Array.Find(All, entry => entry.Format == format).Name;

    public static string WordsOf(TextFormat format) => Array.Find(All, entry => entry.Format == format).Words;

    /// <summary>The format of a name; null when none has it.</summary>
    public static TextFormat? Find(string name)
    {
        foreach (var entry in All)
        {
            if (entry.Name == name)
            {
                return entry.Format;
            }
        }

        return null;
    }
}
