using System.Buffers;
using System.Globalization;

namespace MlOps.Reports.Rendering;

/// <summary>Numbers as a person reads them, in the invariant culture.</summary>
internal static class NumberText
{
    private const double LargestPlain = 1e15;
    private const double SmallestPlain = 1e-4;
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.,+-eE");

    public static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>All digits of a whole number, else four significant ones.</summary>
    public static string Short(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "∞" : "-∞";
        }

        var size = Math.Abs(value);
        if (size == 0)
        {
            return "0";
        }

        if (size is >= LargestPlain or < SmallestPlain)
        {
            return value.ToString("0.###e+0", CultureInfo.InvariantCulture);
        }

        if (value == Math.Truncate(value) || size >= 1000)
        {
            return value.ToString(value == Math.Truncate(value) ? "N0" : "#,##0.#", CultureInfo.InvariantCulture);
        }

        var decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(size)), 0, 8);
        return value.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }

    public static string WithUnit(double value, string? unit) => unit switch
    {
        null or "" => Short(value),
        "%" => Short(value) + "%",
        _ => $"{Short(value)} {unit}",
    };

    /// <summary>Whether the text is a number with at most a short unit behind it (<c>-1,204.5 ms</c>, <c>≤ 3 %</c>).</summary>
    public static bool LooksNumeric(string text)
    {
        var rest = text.AsSpan().Trim().TrimStart("+-−±<>≤≥≈~ ");
        if (rest is "NaN" or "∞")
        {
            return true;
        }

        if (rest.IsEmpty || !(char.IsAsciiDigit(rest[0]) || (rest[0] == '.' && rest.Length > 1 && char.IsAsciiDigit(rest[1]))))
        {
            return false;
        }

        var end = rest.IndexOfAnyExcept(NumberCharacters);
        if (end < 0)
        {
            return true;
        }

        var unit = rest[end..].Trim();
        return unit.Length <= 4 && !unit.ContainsAnyInRange('0', '9');
    }
}
