namespace MlOps.Statistics;

/// <summary>How the values of a column are compared.</summary>
public enum DriftColumnKind
{
    /// <summary>Ordered numbers, by the Kolmogorov–Smirnov test.</summary>
    Numeric,

    /// <summary>Unordered categories, by the chi-squared test.</summary>
    Categorical,
}
