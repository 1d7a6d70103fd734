namespace MlOps.Statistics;

/// <summary>What a test on sketches can say at a level.</summary>
public enum SketchDecision
{
    /// <summary>The sketches are not exact enough, or have no values, to tell on which side of the level the p-value lies.</summary>
    Undecided,

    /// <summary>The p-value is above the level wherever it lies within its bounds.</summary>
    NoDrift,

    /// <summary>The p-value is at most the level wherever it lies within its bounds.</summary>
    Drift,
}
