namespace MlOps.Pipelines;

/// <summary>What just happened to a step.</summary>
public enum StepProgressState
{
    /// <summary>Its code begins; a step that is taken from the cache never starts.</summary>
    Started,

    /// <summary>An attempt failed and another follows after a pause.</summary>
    Retrying,

    /// <summary>It has its value, or has failed for good; <see cref="StepProgress.Record"/> says which.</summary>
    Ended,
}
