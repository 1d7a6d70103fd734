namespace MlOps.Tracking;

/// <summary>Where runs are written.</summary>
/// <remarks>Safe from many threads and processes. A write is durable when its task completes, and is applied as a whole or not at all.</remarks>
public interface IRunStore
{
    /// <summary>Adds a run with its snapshot; adding the same id again changes nothing.</summary>
    Task CreateAsync(RunInfo run, RunSnapshot snapshot, CancellationToken cancellationToken = default);

    /// <summary>Appends events in one transaction.</summary>
    /// <param name="run">The run.</param>
    /// <param name="sequence">
    /// How many events of this run came before the first of these, counted from 0 or from what <see cref="ResumeAsync"/> gave: events
    /// that the store already holds are passed over, so that a batch bears being sent twice.
    /// </param>
    /// <param name="events">The events, in order.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.RunNotFound"/>; <see cref="ErrorCodes.ParameterChanged"/>: nothing of the batch is kept;
    /// <see cref="ErrorCodes.RunEnded"/>: another process has resumed the run (<see cref="RunSequence"/>).
    /// </exception>
    Task AppendAsync(RunId run, long sequence, ReadOnlyMemory<RunEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Changes a run's state.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.RunNotFound"/>.</exception>
    Task UpdateAsync(RunId run, RunUpdate update, CancellationToken cancellationToken = default);

    /// <summary>Makes a run that is not at work run again in another process; of several that try at once, one succeeds.</summary>
    /// <param name="found">The run as it was read: where its status or heartbeat is another by now, nothing happens.</param>
    /// <param name="resumed">
    /// The run as it shall be: status, heartbeat, host and process are taken, its end and failure are cleared.
    /// </param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The sequence of the next batch (<see cref="RunSequence.AfterResume"/>); null when nothing happened.</returns>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.RunNotFound"/>.</exception>
    Task<long?> ResumeAsync(RunInfo found, RunInfo resumed, CancellationToken cancellationToken = default);
}
