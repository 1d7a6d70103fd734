namespace MlOps.Statistics;

/// <summary>What a finding on a column is about.</summary>
public enum DriftFindingKind
{
    /// <summary>The distribution of the values: the Kolmogorov–Smirnov test of numbers, the chi-squared test of categories.</summary>
    Values,

    /// <summary>The width of the middle 80 % of a column of numbers.</summary>
    Spread,

    /// <summary>A single value that became more or less frequent, such as a sensor stuck at 0.</summary>
    RepeatedValue,

    /// <summary>Numbers below the least or above the largest of the reference.</summary>
    Range,

    /// <summary>Categories that the reference does not have.</summary>
    NewCategories,

    /// <summary>Categories of the reference that do not occur any more.</summary>
    VanishedCategories,

    /// <summary>The day of the week of a column of times.</summary>
    DayOfWeek,

    /// <summary>The share of missing values.</summary>
    MissingRate,

    /// <summary>Values that are not of the reference's type, or a column that is there on one side alone.</summary>
    TypeChange,
}
