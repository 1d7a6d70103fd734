namespace MlOps.Features;

/// <summary>How the rows of an entity become one value.</summary>
public enum FeatureAggregation
{
    /// <summary>The value of the latest row at or before the instant.</summary>
    Latest,

    /// <summary>The mean of the numbers in the window; missing when there is none.</summary>
    Mean,

    /// <summary>The sum of the numbers in the window; missing when there is none.</summary>
    Sum,

    /// <summary>How many values in the window are not missing; zero when there is none.</summary>
    Count,

    /// <summary>The least number in the window; missing when there is none.</summary>
    Min,

    /// <summary>The greatest number in the window; missing when there is none.</summary>
    Max,
}
