namespace MlOps.Tracking;

/// <summary>What part of two runs differs.</summary>
public enum RunDifferenceKind
{
    /// <summary>A configuration value.</summary>
    Parameter,

    /// <summary>The last value of a metric.</summary>
    Metric,

    /// <summary>A data version or other input.</summary>
    Input,

    /// <summary>The commit, branch, or whether files were changed.</summary>
    Code,

    /// <summary>Runtime, machine, culture, time zone or seed.</summary>
    Environment,

    /// <summary>A package's version.</summary>
    Package,
}
