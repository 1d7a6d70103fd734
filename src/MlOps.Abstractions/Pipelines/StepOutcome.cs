namespace MlOps.Pipelines;

/// <summary>How a step of one execution came to its value.</summary>
public enum StepOutcome
{
    /// <summary>Its code ran.</summary>
    Executed,

    /// <summary>Nothing that it depends on had changed: the value of an earlier execution was taken.</summary>
    Cached,

    /// <summary>It failed after its last attempt.</summary>
    Failed,
}
