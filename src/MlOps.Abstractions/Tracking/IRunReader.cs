namespace MlOps.Tracking;

/// <summary>Where runs are read.</summary>
/// <remarks>Sees every write whose task has completed. Safe from many threads and processes.</remarks>
public interface IRunReader
{
    /// <summary>Finds a run by its id, or by an unambiguous end of at least six digits of it; null when there is none.</summary>
    Task<RunDetails?> FindAsync(RunId run, CancellationToken cancellationToken = default);

    /// <summary>Finds runs with their values, a page at a time.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidPageToken"/>.</exception>
    Task<RunPage> QueryAsync(RunQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads a metric's points by step, then time, then arrival; empty when the run or metric is not there.</summary>
    /// <param name="run">The run.</param>
    /// <param name="metric">The metric's name.</param>
    /// <param name="options">Which steps, and how many points at the most. Default: all.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.StorageCorrupt"/> or <see cref="ErrorCodes.WorkspaceNewer"/>: a part of the history cannot be read.
    /// </exception>
    Task<IReadOnlyList<MetricPoint>> ReadHistoryAsync(
        RunId run, string metric, MetricHistoryOptions? options = null, CancellationToken cancellationToken = default);
}
