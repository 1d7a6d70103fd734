using MlOps.Storage;

namespace MlOps.Pipelines;

/// <summary>The journal of pipeline executions, and the cache of step values by key.</summary>
/// <remarks>Safe from many threads and processes; a write is durable when its task completes.</remarks>
public interface IPipelineStore
{
    /// <summary>Adds an execution, or replaces its state.</summary>
    Task SaveRunAsync(PipelineRunInfo run, CancellationToken cancellationToken = default);

    /// <summary>Publishes a step's record, if no other attempt of the same step of the same execution has done so.</summary>
    /// <returns>False, and nothing is written, when another attempt was first.</returns>
    Task<bool> PublishAsync(StepRecord step, CancellationToken cancellationToken = default);

    /// <summary>Finds the newest record of a successful step with this key, in any execution of any pipeline.</summary>
    Task<StepRecord?> FindCachedAsync(ContentHash key, CancellationToken cancellationToken = default);

    /// <summary>Lists executions, newest first.</summary>
    Task<IReadOnlyList<PipelineRunInfo>> ListRunsAsync(string? pipeline = null, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Lists an execution's steps in the order they were published.</summary>
    Task<IReadOnlyList<StepRecord>> ListStepsAsync(string runId, CancellationToken cancellationToken = default);
}
