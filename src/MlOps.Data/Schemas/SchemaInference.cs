using System.Globalization;
using MlOps.Statistics;

namespace MlOps.Data.Schemas;

/// <summary>Turns what was seen into what is allowed.</summary>
internal static class SchemaInference
{
    private const int MostValues = 50;
    private const int LeastRepeats = 10;

    public static DataSchemaColumn Of(ColumnProfile profile)
    {
        var column = new DataSchemaColumn { Name = profile.Name, Type = profile.Type, MissingShare = Tolerated(profile) };
        if (profile is { Minimum: { } min, Maximum: { } max })
        {
            var (lower, upper) = Range(min, max);
            return column with { Minimum = lower, Maximum = upper };
        }

        if (profile.Texts is not { Top: { } texts } || profile is not { MinLength: { } shortest, MaxLength: { } longest })
        {
            return column;
        }

        if (HasFewValues(profile, texts))
        {
            return column with { Values = [.. texts.Top(MostValues).Select(value => value.Value).Order(StringComparer.Ordinal)] };
        }

        var (least, most) = Lengths(shortest, longest);
        return column with { MinLength = least, MaxLength = most };
    }

    /// <summary>Whether texts are few enough, and each frequent enough, to be taken for all that there are.</summary>
    internal static bool HasFewValues(ColumnProfile profile, SpaceSaving texts) =>
        texts.IsExact && profile.Distinct is >= 2 and <= MostValues && profile.Count >= LeastRepeats * profile.Distinct;

    internal static (int? Least, int Most) Lengths(int shortest, int longest) =>
        (shortest < 2 ? null : shortest / 2, (int)Math.Min(int.MaxValue, Math.Max(1, 2L * longest)));

    internal static (double? Lower, double? Upper) Range(double min, double max)
    {
        var width = max - min;
        if (!double.IsFinite(width))
        {
            return (null, null);
        }

        var margin = width > 0 ? width / 4 : Math.Max(1, Math.Abs(min) / 10);
        var step = Math.Pow(10, Math.Floor(Math.Log10(margin)) - 1);
        var lower = Math.Min(min, Shortened(Math.Floor((min - margin) / step) * step));
        var upper = Math.Max(max, Shortened(Math.Ceiling((max + margin) / step) * step));
        if (width > 0)
        {
            // What was never negative, or never positive, most often cannot be.
            lower = min >= 0 ? Math.Max(0, lower) : lower;
            upper = max <= 0 ? Math.Min(0, upper) : upper;
        }

        return (double.IsFinite(lower) ? lower : null, double.IsFinite(upper) ? upper : null);
    }

    internal static double Tolerated(ColumnProfile profile) => profile switch
    {
        { Count: 0 } => 1,
        { MissingCount: 0 } => 0,
        _ => Math.Min(1, Math.Ceiling(((1.5 * profile.MissingShare) + 0.01) * 100) / 100),
    };

    /// <summary>Without the digits that rounding to a step leaves behind.</summary>
    private static double Shortened(double value) =>
        double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
