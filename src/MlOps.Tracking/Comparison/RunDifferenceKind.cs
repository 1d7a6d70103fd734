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

    /// <summary>Runtime, machine, culture, time zone, environment variable or seed.</summary>
    Environment,

    /// <summary>A package's version.</summary>
    Package,

    /// <summary>A file that the run left, by its hash.</summary>
    Artifact,

    /// <summary>A value of the application's configuration.</summary>
    Configuration,

    /// <summary>How the run ended, or how many runs were nested in it.</summary>
    Outcome,
}
