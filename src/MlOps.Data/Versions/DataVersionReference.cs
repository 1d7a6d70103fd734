using System.Globalization;

namespace MlOps.Data;

/// <summary>Reads <c>flights</c> and <c>flights@3</c>.</summary>
internal static class DataVersionReference
{
    public static (string Name, int? Number) Parse(string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        var at = reference.LastIndexOf('@');
        if (at < 0)
        {
            return (CheckName(reference), null);
        }

        var text = reference[(at + 1)..];
        if (text == "latest")
        {
            return (CheckName(reference[..at]), null);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? (CheckName(reference[..at]), number)
            : throw new MlOpsException(ErrorCodes.InvalidName, $"'{reference}' is not a data version: write a name, as in 'flights', or a name and a number from 1, as in 'flights@3'.");
    }

    public static string CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= 200 && name.Trim().Length == name.Length && !name.Any(letter => char.IsControl(letter) || letter is '@' or '\\')
            ? name
            : throw new MlOpsException(ErrorCodes.InvalidName, $"'{name}' is not a usable data set name: 1 to 200 characters without '@', '\\', control characters or blanks at the ends.");
    }
}
