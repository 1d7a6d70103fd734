using System.Globalization;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Decides one column from its adjusted p-values and says why.</summary>
internal static class DriftVerdict
{
    public static bool HasValueTest(ColumnDrift column) => !double.IsNaN(column.Statistic);

    public static bool HasMissingTest(ColumnDrift column) => column.ReferenceMissingRate + column.CurrentMissingRate > 0;

    public static ColumnDrift Decide(ColumnDrift column, double adjusted, double adjustedMissing, int family, DriftOptions options)
    {
        var detectable = Math.Min(1, Math.Max(Detectable(column, options.Alpha / Math.Max(1, family)), options.MinimumEffect));
        var change = Math.Abs(column.CurrentMissingRate - column.ReferenceMissingRate);
        var values = adjusted <= options.Alpha && column.Effect >= options.MinimumEffect;
        var missing = adjustedMissing <= options.Alpha && change >= options.MinimumMissingRateChange;
        var result = column with
        {
            AdjustedPValue = adjusted,
            AdjustedMissingPValue = adjustedMissing,
            MinimumEffect = options.MinimumEffect,
            SmallestDetectableEffect = detectable,
            HasDrift = values || missing,
        };
        return result with { Reason = Explain(result, values, missing, options) };
    }

    private static double Detectable(ColumnDrift column, double level)
    {
        double n = column.ReferenceCount, m = column.CurrentCount;
        if (n == 0 || m == 0)
        {
            return double.NaN;
        }

        var effective = n * m / (n + m);
        if (column.DegreesOfFreedom == 0)
        {
            return Math.Sqrt(Math.Log(2 / level) / 2 / effective);
        }

        // The chi-squared statistic is at least 4 · effective · TV² (Cauchy–Schwarz); rare categories are tested apart, at half the level.
        var share = column.SparseShare > 0 ? level / 2 : level;
        return Math.Sqrt(Distributions.ChiSquaredCritical(share, column.DegreesOfFreedom) / (4 * effective)) + column.SparseShare;
    }

    private static string Explain(ColumnDrift c, bool values, bool missing, DriftOptions options)
    {
        var invariant = CultureInfo.InvariantCulture;
        var parts = new List<string>(2);
        if (values)
        {
            parts.Add(string.Create(invariant, $"The values drifted: {c.EffectName} {c.Effect:0.###} (at least {c.MinimumEffect:0.###} matters), adjusted p {c.AdjustedPValue:0.##E+0}."));
        }

        if (missing)
        {
            parts.Add(string.Create(invariant, $"The share of missing values went from {c.ReferenceMissingRate:0.##%} to {c.CurrentMissingRate:0.##%}, adjusted p {c.AdjustedMissingPValue:0.##E+0}."));
        }

        if (parts.Count > 0)
        {
            return string.Join(' ', parts);
        }

        if (!HasValueTest(c))
        {
            var side = c.ReferenceCount == 0 ? "reference" : "current sample";
            return $"No verdict on the values: the {side} has none.";
        }

        if (c.AdjustedPValue <= options.Alpha)
        {
            return string.Create(invariant, $"The values differ (adjusted p {c.AdjustedPValue:0.##E+0}) by too little to matter: {c.EffectName} {c.Effect:0.###} is below {c.MinimumEffect:0.###}.");
        }

        return c.SmallestDetectableEffect >= 1
            ? string.Create(invariant, $"No evidence of drift, but {c.ReferenceCount} and {c.CurrentCount} values are too few to be sure of seeing any.")
            : string.Create(invariant, $"No drift: with {c.ReferenceCount} and {c.CurrentCount} values a {c.EffectName} of {c.SmallestDetectableEffect:0.###} or more would have been flagged.");
    }
}
