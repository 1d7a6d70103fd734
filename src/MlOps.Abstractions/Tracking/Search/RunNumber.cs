using System.Globalization;

namespace MlOps.Tracking;

/// <summary>When the text of a parameter or tag is a number: a finite one in invariant notation, such as <c>1e-3</c>.</summary>
public static class RunNumber
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number.</summary>
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text, Styles, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);
}
