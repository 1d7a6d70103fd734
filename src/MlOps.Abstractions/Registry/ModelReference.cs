using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MlOps.Registry;

/// <summary>Points at a model version: <c>models:/credit@champion</c> by alias, <c>models:/credit/7</c> by number.</summary>
/// <remarks>The prefix <c>models:/</c> may be left out when parsing. Without alias and number it means the newest version.</remarks>
public sealed record ModelReference
{
    /// <summary>The model's name: letters, digits, <c>-</c>, <c>_</c>, <c>.</c> and spaces.</summary>
    public required string Name { get; init; }

    /// <summary>The version's number; null when it is found by alias.</summary>
    public int? Number { get; init; }

    /// <summary>The alias; null when it is found by number.</summary>
    public string? Alias { get; init; }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>.</exception>
    public static ModelReference Parse(string text) =>
        TryParse(text, out var reference)
            ? reference
            : throw new MlOpsException(
                ErrorCodes.InvalidName,
                $"'{text}' is not a model reference: write 'models:/NAME@ALIAS', 'models:/NAME/NUMBER' or 'NAME'.");

    /// <summary>Reads the text form without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ModelReference? reference)
    {
        reference = null;
        if (text is null)
        {
            return false;
        }

        var rest = text.StartsWith("models:/", StringComparison.Ordinal) ? text["models:/".Length..] : text;
        string? alias = null;
        int? number = null;
        if (rest.IndexOf('@', StringComparison.Ordinal) is var at and >= 0)
        {
            (rest, alias) = (rest[..at], rest[(at + 1)..]);
        }
        else if (rest.LastIndexOf('/') is var slash and >= 0)
        {
            if (!int.TryParse(rest.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed < 1)
            {
                return false;
            }

            (rest, number) = (rest[..slash], parsed);
        }

        if (!IsName(rest) || (alias is not null && !IsAlias(alias)))
        {
            return false;
        }

        reference = new ModelReference { Name = rest, Alias = alias, Number = number };
        return true;
    }

    /// <summary>Says whether a text can name a model.</summary>
    public static bool IsName(string text) =>
        text is { Length: > 0 and <= 250 }
        && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1])
        && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ');

    /// <summary>Says whether a text can be an alias: not <c>latest</c>, and not like <c>v7</c>, which MLflow keeps for itself.</summary>
    public static bool IsAlias(string text) =>
        text is { Length: > 0 and <= 255 }
        && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_')
        && !text.Equals("latest", StringComparison.OrdinalIgnoreCase)
        && !(text[0] is 'v' or 'V' && text.Length > 1 && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0);

    /// <inheritdoc/>
    public override string ToString() =>
        Alias is not null ? $"models:/{Name}@{Alias}"
        : Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"models:/{Name}/{number}")
        : $"models:/{Name}";
}
