namespace MlOps.Pipelines;

/// <summary>One event of an execution, for display.</summary>
public sealed record StepProgress
{
    /// <summary>The execution.</summary>
    public required string RunId { get; init; }

    /// <summary>The step.</summary>
    public required string Step { get; init; }

    /// <summary>What happened.</summary>
    public required StepProgressState State { get; init; }

    /// <summary>The attempt that begins or failed, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>How many steps have ended so far, this one included.</summary>
    public required int Completed { get; init; }

    /// <summary>How many steps the pipeline has.</summary>
    public required int Total { get; init; }

    /// <summary>The journal's record, once the step has ended.</summary>
    public StepRecord? Record { get; init; }
}
