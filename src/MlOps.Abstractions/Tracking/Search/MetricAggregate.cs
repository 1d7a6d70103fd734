namespace MlOps.Tracking;

/// <summary>Which number stands for all points of a metric. A NaN counts as a point and is neither the least nor the greatest.</summary>
public enum MetricAggregate
{
    /// <summary>The point of the greatest step, then time.</summary>
    Latest,

    /// <summary>The point of the least step, then time.</summary>
    First,

    /// <summary>The least value.</summary>
    Min,

    /// <summary>The greatest value.</summary>
    Max,

    /// <summary>The least or the greatest value, as <see cref="MetricDirection"/> says of the metric's name.</summary>
    Best,

    /// <summary>How many points there are.</summary>
    Count,
}
