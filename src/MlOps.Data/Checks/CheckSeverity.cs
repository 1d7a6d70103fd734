namespace MlOps.Data;

/// <summary>What a failed check means.</summary>
public enum CheckSeverity
{
    /// <summary>Worth a look; the report still passes.</summary>
    Warning,

    /// <summary>The data must not be used: the report fails.</summary>
    Error,

    /// <summary>The data must not be used, and somebody has to know now: the report fails.</summary>
    Critical,
}
