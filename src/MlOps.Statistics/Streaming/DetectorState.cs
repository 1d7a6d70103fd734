namespace MlOps.Statistics;

/// <summary>What a streaming detector says after a value.</summary>
public enum DetectorState
{
    /// <summary>Nothing speaks for a change.</summary>
    None,

    /// <summary>A change may have begun; only detectors with two levels say so.</summary>
    Warning,

    /// <summary>The stream has changed.</summary>
    Drift,
}
