namespace MlOps.Statistics;

/// <summary>How the values of a column are compared.</summary>
public enum DriftColumnKind
{
    /// <summary>Ordered numbers, by the Kolmogorov–Smirnov test.</summary>
    Numeric,

    /// <summary>Unordered categories, by the chi-squared test.</summary>
    Categorical,

    /// <summary>True or false, by the mid-p exact test of two shares.</summary>
    Boolean,

    /// <summary>
    /// Times, by the time of day as a number and the day of the week as a category; that the calendar moves on is no drift.
    /// </summary>
    DateTime,

    /// <summary>Free text, by its length in UTF-16 code units as a number.</summary>
    TextLength,
}
