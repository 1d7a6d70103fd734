using Microsoft.Extensions.Logging;

namespace MlOps.Pipelines;

/// <summary>What a step is told about its execution.</summary>
public sealed record StepContext
{
    /// <summary>The execution.</summary>
    public required string RunId { get; init; }

    /// <summary>The step's name.</summary>
    public required string Step { get; init; }

    /// <summary>Counts attempts from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>For the step's own messages; the category is the step's name below the pipeline's.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Cancelled when the execution is, when another step failed, or when the attempt's time limit passes.</summary>
    public CancellationToken CancellationToken { get; init; }
}
