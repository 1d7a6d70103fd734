namespace MlOps.Data.Checks.Formats;

/// <summary>What the formats are called in reports; the compiler's generator of row checks is built from this file too.</summary>
internal static class FormatWords
{
    /// <summary>The words for a member of <c>TextFormat</c>, by its name.</summary>
    public static string Of(string member) => member switch
    {
        "Email" => "an e-mail address",
        "Url" => "a URL",
        "Uuid" => "a UUID",
        "IPv4" => "an IPv4 address",
        "IPv6" => "an IPv6 address",
        "Iban" => "an IBAN",
        "CreditCard" => "a card number",
        "Date" => "a date",
        "DateTime" => "a date and time",
        "Json" => "JSON",
        "Hex" => "hexadecimal",
        "SemanticVersion" => "a semantic version",
        "PhoneE164" => "a telephone number",
        "Integer" => "a whole number",
        "Number" => "a number",
        "Boolean" => "true or false",
        "SocialSecurityNumber" => "a social security number",
        _ => throw new System.ArgumentOutOfRangeException(nameof(member), member, "There is no such format."),
    };
}
