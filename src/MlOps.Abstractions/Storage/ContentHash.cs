using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace MlOps.Storage;

/// <summary>The SHA-256 of an object's bytes, as 64 lower-case hexadecimal digits: the object's name in every blob store.</summary>
[JsonConverter(typeof(ContentHashJsonConverter))]
public readonly record struct ContentHash
{
    private readonly string? _value;

    private ContentHash(string value) => _value = value;

    /// <summary>The 64 digits; of the default value, 64 zeros.</summary>
    public string Value => _value ?? new string('0', 64);

    /// <summary>The first twelve digits, for people; ambiguous only in theory.</summary>
    public string Short => Value[..12];

    /// <summary>Hashes bytes in memory.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return FromSha256(hash);
    }

    /// <summary>Hashes a stream from its current position to its end.</summary>
    public static async ValueTask<ContentHash> OfAsync(Stream stream, CancellationToken cancellationToken = default) =>
        FromSha256(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));

    /// <summary>Takes the 32 bytes of a finished SHA-256.</summary>
    public static ContentHash FromSha256(ReadOnlySpan<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, SHA256.HashSizeInBytes);
        return new ContentHash(Convert.ToHexStringLower(hash));
    }

    /// <summary>Reads the text form; upper-case digits are accepted.</summary>
    /// <exception cref="FormatException">The text is not 64 hexadecimal digits.</exception>
    public static ContentHash Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new FormatException($"'{text}' is not a SHA-256: it needs 64 hexadecimal digits.");

    /// <summary>Reads the text form without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContentHash hash)
    {
        if (text is { Length: 64 } && text.All(char.IsAsciiHexDigit))
        {
            hash = new ContentHash(text.ToLowerInvariant());
            return true;
        }

        hash = default;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(ContentHash other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
