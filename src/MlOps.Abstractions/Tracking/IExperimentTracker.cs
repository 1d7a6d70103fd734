namespace MlOps.Tracking;

/// <summary>Starts runs and finds those that were recorded.</summary>
/// <remarks>Safe to call from several threads.</remarks>
public interface IExperimentTracker
{
    /// <summary>Starts a run and records its snapshot.</summary>
    /// <remarks>
    /// Use it with <c>await using</c>: the run finishes when the block is left in the ordinary way and fails when an exception leaves it.
    /// </remarks>
    Task<IRun> StartRunAsync(string experiment, RunOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Finds a run by its id or by an unambiguous end of it; null when there is none. A run whose process died is lost.</summary>
    Task<RunDetails?> FindRunAsync(RunId run, CancellationToken cancellationToken = default);

    /// <summary>Finds runs with their values, a page at a time; newest first when no other order is asked for.</summary>
    /// <remarks>A run whose process died is lost.</remarks>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidPageToken"/>.</exception>
    Task<RunPage> SearchRunsAsync(RunQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the points of a metric by step, then time: all of them, or those that the options ask for.</summary>
    Task<IReadOnlyList<MetricPoint>> GetMetricHistoryAsync(
        RunId run, string metric, MetricHistoryOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Opens a file that a run left.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.RunNotFound"/> or <see cref="ErrorCodes.FileNotFound"/>.</exception>
    Task<Stream> OpenArtifactAsync(RunId run, string path, CancellationToken cancellationToken = default);
}
