namespace MlOps.Statistics;

/// <summary>Which way a mean must move to count as a change.</summary>
public enum ShiftDirection
{
    /// <summary>Up or down.</summary>
    Both,

    /// <summary>Up only, as for an error or a latency.</summary>
    Up,

    /// <summary>Down only, as for an accuracy.</summary>
    Down,
}
