using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>A run at work.</summary>
/// <remarks>
/// Safe to use from several threads. <see cref="Record"/> returns at once: one writer sends batches to the store. What
/// <see cref="FlushAsync"/> or <see cref="CompleteAsync"/> has confirmed survives the death of the process; the rest is at most one flush
/// interval old. Disposing completes the run: as finished, or as failed when an exception is leaving the block.
/// </remarks>
public interface IRun : IAsyncDisposable
{
    /// <summary>Identity and state as of the start.</summary>
    RunInfo Info { get; }

    /// <summary>Records one event; waits only when the buffer is full.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.RunEnded"/>, or an earlier batch could not be written.</exception>
    void Record(in RunEvent runEvent);

    /// <summary>Stores a file with the run, replacing one at the same path.</summary>
    Task<StoredFile> LogArtifactAsync(string path, Stream content, CancellationToken cancellationToken = default);

    /// <summary>Completes when all that was recorded so far is durable.</summary>
    Task FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>Flushes and ends the run; the first call decides, later calls and disposal do nothing.</summary>
    Task CompleteAsync(RunStatus status = RunStatus.Finished, string? failure = null, CancellationToken cancellationToken = default);
}
