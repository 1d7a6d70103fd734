using MlOps.Data.Checks.Formats;

namespace MlOps.Data;

/// <summary>Asks for the form of one text.</summary>
public static class TextFormatExtensions
{
    /// <summary>Whether a text has this form, as <see cref="ColumnChecks.HasFormat"/> judges it. Linear in the text's length; takes no memory that is not given back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    public static bool IsMatch(this TextFormat format, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TextFormats.Test(format)(text);
    }
}
