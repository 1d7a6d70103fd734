namespace MlOps.Data;

/// <summary>A form that texts may be asked to have; always the whole text, without spaces around it.</summary>
public enum TextFormat
{
    /// <summary>An e-mail address as sites accept it: a dot-atom of ASCII and other letters, and a domain of at least two labels. Quoted local parts and comments are refused.</summary>
    Email,

    /// <summary>An absolute URL of the scheme http, https or ftp with a host.</summary>
    Url,

    /// <summary>A UUID of 32 hexadecimal digits in five groups, such as <c>123e4567-e89b-12d3-a456-426614174000</c>; any version, any case.</summary>
    Uuid,

    /// <summary>An IPv4 address of four decimal numbers up to 255 without leading zeros.</summary>
    IPv4,

    /// <summary>An IPv6 address without brackets or zone.</summary>
    IPv6,

    /// <summary>An IBAN whose check digits are right (ISO 13616, remainder 1 of 97), spaces between groups allowed.</summary>
    Iban,

    /// <summary>A card number of 12 to 19 digits whose check digit is right (Luhn); single spaces or hyphens between digits allowed.</summary>
    CreditCard,

    /// <summary>A date of ISO 8601: <c>2026-01-31</c>.</summary>
    Date,

    /// <summary>A date and time of ISO 8601: <c>2026-01-31T23:59:59</c>, a fraction and <c>Z</c> or an offset allowed, a space in place of <c>T</c> as well.</summary>
    DateTime,

    /// <summary>A JSON document of any kind.</summary>
    Json,

    /// <summary>Hexadecimal digits, at least one, with or without <c>0x</c>.</summary>
    Hex,

    /// <summary>A version as Semantic Versioning 2.0.0 has it.</summary>
    SemanticVersion,

    /// <summary>A telephone number of E.164: a plus sign and up to 15 digits, the first not zero.</summary>
    PhoneE164,

    /// <summary>A whole number with or without a sign.</summary>
    Integer,

    /// <summary>A number with a point, with or without a sign or an exponent, not infinite.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c> in any case.</summary>
    Boolean,

    /// <summary>A social security number of the United States, <c>123-45-6789</c>, without the numbers that are never given out.</summary>
    SocialSecurityNumber,
}
