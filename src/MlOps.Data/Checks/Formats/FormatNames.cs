namespace MlOps.Data.Checks.Formats;

/// <summary>What formats are called in check files.</summary>
internal static class FormatNames
{
    private static readonly (TextFormat Format, string Name)[] All =
    [
        (TextFormat.Email, "email"),
        (TextFormat.Url, "url"),
        (TextFormat.Uuid, "uuid"),
        (TextFormat.IPv4, "ipv4"),
        (TextFormat.IPv6, "ipv6"),
        (TextFormat.Iban, "iban"),
        (TextFormat.CreditCard, "credit_card"),
        (TextFormat.Date, "date"),
        (TextFormat.DateTime, "date_time"),
        (TextFormat.Json, "json"),
        (TextFormat.Hex, "hex"),
        (TextFormat.SemanticVersion, "semantic_version"),
        (TextFormat.PhoneE164, "phone_e164"),
        (TextFormat.Integer, "integer"),
        (TextFormat.Number, "number"),
        (TextFormat.Boolean, "boolean"),
        (TextFormat.SocialSecurityNumber, "social_security_number"),
    ];

    public static IEnumerable<string> Names => All.Select(entry => entry.Name);

    public static string NameOf(TextFormat format) => Array.Find(All, entry => entry.Format == format).Name;

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
