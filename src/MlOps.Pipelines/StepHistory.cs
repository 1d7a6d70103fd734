namespace MlOps.Pipelines;

/// <summary>The last record of each step in earlier executions of a pipeline, to say what changed since.</summary>
internal static class StepHistory
{
    private const int ExecutionsLookedAt = 20;

    public static async Task<IReadOnlyDictionary<string, StepRecord>> ReadAsync(
        IPipelineStore store, string pipeline, IReadOnlyCollection<string> steps, CancellationToken cancellationToken)
    {
        var last = new Dictionary<string, StepRecord>(StringComparer.Ordinal);
        foreach (var run in await store.ListRunsAsync(pipeline, ExecutionsLookedAt, cancellationToken).ConfigureAwait(false))
        {
            foreach (var record in await store.ListStepsAsync(run.Id, cancellationToken).ConfigureAwait(false))
            {
                last.TryAdd(record.Step, record);
            }

            if (steps.All(last.ContainsKey))
            {
                break;
            }
        }

        return last;
    }
}
