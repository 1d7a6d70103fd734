namespace MlOps.Tracking;

/// <summary>Compares recorded runs.</summary>
public static class RunComparisonExtensions
{
    /// <summary>Reads runs and says in what they differ.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.RunNotFound"/>.</exception>
    public static async Task<RunComparison> CompareAsync(
        this IExperimentTracker tracker, IReadOnlyList<RunId> runs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(runs);
        var details = new List<RunDetails>();
        foreach (var run in runs)
        {
            details.Add(await tracker.FindRunAsync(run, cancellationToken).ConfigureAwait(false)
                ?? throw new MlOpsException(ErrorCodes.RunNotFound, $"There is no run '{run}' to compare: list runs to see their ids."));
        }

        return RunComparison.Of(details);
    }
}
