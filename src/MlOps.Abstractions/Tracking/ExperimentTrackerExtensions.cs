namespace MlOps.Tracking;

/// <summary>Other ways to begin a run.</summary>
public static class ExperimentTrackerExtensions
{
    /// <summary>Goes on with a lost, failed, cancelled or finished run.</summary>
    /// <param name="tracker">The tracker.</param>
    /// <param name="run">Its id, or an unambiguous end of it.</param>
    /// <param name="options">What else to set; name, parent and seeds stay those of its first start.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.RunNotFound"/>, <see cref="ErrorCodes.RunActive"/>.</exception>
    public static async Task<IRun> ResumeRunAsync(
        this IExperimentTracker tracker, RunId run, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        var found = await tracker.FindRunAsync(run, cancellationToken).ConfigureAwait(false)
            ?? throw new MlOpsException(ErrorCodes.RunNotFound, $"There is no run '{run}' in this workspace: list runs to see their ids.");
        return await tracker.StartRunAsync(
            found.Info.Experiment, (options ?? new RunOptions()) with { Resume = found.Info.Id }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a run nested in another: in its experiment, unless named otherwise in <paramref name="experiment"/>.</summary>
    public static Task<IRun> StartNestedRunAsync(
        this IExperimentTracker tracker,
        IRun parent,
        string? name = null,
        string? experiment = null,
        RunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(parent);
        options ??= new RunOptions();
        return tracker.StartRunAsync(
            experiment ?? parent.Info.Experiment, options with { Parent = parent.Info.Id, Name = name ?? options.Name }, cancellationToken);
    }
}
