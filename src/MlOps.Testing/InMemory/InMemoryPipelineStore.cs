using MlOps.Pipelines;
using MlOps.Storage;

namespace MlOps.Testing;

/// <summary>The journal of pipelines in the memory of the process, for tests.</summary>
/// <remarks>Safe from many threads; nothing outlives the object.</remarks>
public sealed class InMemoryPipelineStore : IPipelineStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, PipelineRunInfo> _runs = new(StringComparer.Ordinal);
    private readonly List<StepRecord> _steps = [];

    /// <inheritdoc/>
    public Task SaveRunAsync(PipelineRunInfo run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        lock (_gate)
        {
            _runs[run.Id] = run;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> PublishAsync(StepRecord step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        lock (_gate)
        {
            if (_steps.Exists(other => string.Equals(other.RunId, step.RunId, StringComparison.Ordinal)
                && string.Equals(other.Step, step.Step, StringComparison.Ordinal)))
            {
                return Task.FromResult(false);
            }

            _steps.Add(step);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<StepRecord?> FindCachedAsync(ContentHash key, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_steps.FindLast(step => step.Key == key && step.Outcome != StepOutcome.Failed));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PipelineRunInfo>> ListRunsAsync(
        string? pipeline = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<PipelineRunInfo>>(
            [
                .. _runs.Values.Reverse()
                    .Where(run => pipeline is null || string.Equals(run.Pipeline, pipeline, StringComparison.Ordinal))
                    .Take(limit),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StepRecord>> ListStepsAsync(string runId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<StepRecord>>(
                [.. _steps.Where(step => string.Equals(step.RunId, runId, StringComparison.Ordinal))]);
        }
    }
}
