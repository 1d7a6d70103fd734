using System.Globalization;

namespace MlOps.Tracking;

/// <summary>When the text of a parameter or tag is a number: a finite one in invariant notation, such as <c>1e-3</c>.</summary>
public static class RunNumber
{
    /// <summary>Reads a number.</summary>
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);
}
