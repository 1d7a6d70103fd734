namespace MlOps.Statistics;

/// <summary>Which values the streaming methods take in, leave out and refuse.</summary>
internal static class StreamValue
{
    /// <summary>Beyond this magnitude squares of differences, summed over any stream, could overflow.</summary>
    public const double Largest = 1e100;

    /// <summary>Whether a value has no part in a mean: NaN, infinite, or so large that its square might be.</summary>
    public static bool HasNoMean(double value) => !(Math.Abs(value) <= Largest);

    /// <summary>Whether a share is missing; refuses what lies outside 0 and 1.</summary>
    public static bool IsMissingShare(double value) => !(value is >= 0 and <= 1) && (double.IsNaN(value) || Refuse(value, "from 0 to 1"));

    /// <summary>Whether an error indicator is missing; refuses what is neither 0 nor 1.</summary>
    public static bool IsMissingError(double value) =>
        value is not (0 or 1) && (double.IsNaN(value) || Refuse(value, "0 (right) or 1 (wrong)"));

    private static bool Refuse(double value, string range) =>
        throw new ArgumentOutOfRangeException(nameof(value), value, $"This detector takes {range}, and NaN for a missing value.");
}
