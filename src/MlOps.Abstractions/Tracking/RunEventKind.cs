namespace MlOps.Tracking;

/// <summary>What a <see cref="RunEvent"/> records.</summary>
public enum RunEventKind
{
    /// <summary>A number at a step; many points a name.</summary>
    Metric,

    /// <summary>A configuration value; written once a name.</summary>
    Parameter,

    /// <summary>A label; the last value counts.</summary>
    Tag,

    /// <summary>A data version or other input that the run read.</summary>
    Input,
}
