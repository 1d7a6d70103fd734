namespace MlOps.Pipelines;

/// <summary>How one execution runs.</summary>
public sealed record PipelineRunOptions
{
    /// <summary>How many steps run at once; null for the number of processors.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Whether cached values are taken. Default true; false runs every step and refreshes the cache.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>The seed of the jitter between attempts. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Told when a step starts, is tried again, and ends; called from any thread, in the order of events of one step.</summary>
    public IProgress<StepProgress>? Progress { get; init; }
}
