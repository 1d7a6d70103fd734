using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using MlOps.Storage;

namespace MlOps.Tracking;

internal sealed class Run : IRun
{
    public const int BatchSize = 4096;
    public const int MaximumNameLength = 250;
    public const int MaximumValueLength = 6000;

    private readonly IRunStore _store;
    private readonly IBlobStore _blobs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EventBuffer _buffer;
    private readonly RunWriter _writer;
    private readonly ConcurrentDictionary<string, string> _parameters = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _ending = new(1, 1);
    private readonly Action _wake;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _clock;
    private readonly long _clockTimestamp;
    private Task _diff = Task.CompletedTask;
    private volatile bool _ended;

    public Run(RunInfo info, IRunStore store, IBlobStore blobs, TimeProvider time, TrackingOptions options, ILogger logger)
    {
        Info = info;
        _store = store;
        _blobs = blobs;
        _time = time;
        _logger = logger;
        _buffer = new EventBuffer(options.BufferCapacity);
        _writer = new RunWriter(info.Id, _buffer, store, time, options, logger);
        _wake = _writer.Wake;
        _clockTimestamp = time.GetTimestamp();
        _clock = time.GetUtcNow();
        InFlightException.Watch();
    }

    public RunInfo Info { get; }

    public void Record(in RunEvent runEvent)
    {
        InFlightException.Forget();
        if (runEvent.Name is null || runEvent.Name.Length > MaximumNameLength || runEvent.Text?.Length > MaximumValueLength)
        {
            ThrowInvalid(runEvent);
        }

        if (runEvent.Kind == RunEventKind.Parameter && !IsNew(runEvent))
        {
            return;
        }

        // The start of the run plus the time since is a third of the price of asking for the time of day.
        var stamped = runEvent with { Timestamp = _clock + _time.GetElapsedTime(_clockTimestamp) };
        switch (_buffer.Add(stamped, BatchSize, _wake))
        {
            case EventBuffer.AddResult.AddedAndHalfFull:
                _writer.Wake();
                break;
            case EventBuffer.AddResult.Closed:
                throw Ended();
            case EventBuffer.AddResult.Failed:
                throw Failed();
        }
    }

    public async Task<StoredFile> LogArtifactAsync(string path, Stream content, CancellationToken cancellationToken = default)
    {
        InFlightException.Forget();
        ArgumentNullException.ThrowIfNull(content);
        var normal = StoredFile.CheckPath(path);
        if (_ended)
        {
            throw Ended();
        }

        var file = StoredFile.Create(normal, await _blobs.PutAsync(content, cancellationToken).ConfigureAwait(false));
        await _writer.RetryAsync(() => _store.UpdateAsync(Info.Id, new RunUpdate { Artifact = file }, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return file;
    }

    public Task FlushAsync(CancellationToken cancellationToken = default)
    {
        InFlightException.Forget();
        return FlushBufferAsync(cancellationToken);
    }

    public Task CompleteAsync(RunStatus status = RunStatus.Finished, string? failure = null, CancellationToken cancellationToken = default)
    {
        InFlightException.Forget();
        if (status is RunStatus.Running or RunStatus.Lost || !Enum.IsDefined(status))
        {
            throw new ArgumentOutOfRangeException(nameof(status), status, "A run ends as finished, failed or cancelled.");
        }

        return EndAsync(status, failure, cancellationToken);
    }

    // Not async: the search for the exception looks at this thread and its stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ValueTask DisposeAsync() => _ended ? ValueTask.CompletedTask : new ValueTask(DisposeAsync(InFlightException.Take(_startedAt)));

    /// <summary>Stores the uncommitted diff as soon as git has given it, beside the run's own work.</summary>
    public void StoreDiff(Task<byte[]?> diff)
    {
        _diff = StoreAsync();

        async Task StoreAsync()
        {
            try
            {
                if (await diff.ConfigureAwait(false) is { Length: > 0 } bytes)
                {
                    using var content = new MemoryStream(bytes, writable: false);
                    var file = StoredFile.Create(
                        UncommittedDiff.ArtifactPath, await _blobs.PutAsync(content, CancellationToken.None).ConfigureAwait(false));
                    await _writer.RetryAsync(() => _store.UpdateAsync(Info.Id, new RunUpdate { Artifact = file }), CancellationToken.None)
                        .ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is MlOpsException or IOException or UnauthorizedAccessException)
            {
                Log.DiffFailed(_logger, Info.Id, error);
            }
        }
    }

    private async Task DisposeAsync(Exception? leaving)
    {
        try
        {
            await (leaving switch
            {
                null => EndAsync(RunStatus.Finished, null, CancellationToken.None),
                OperationCanceledException => EndAsync(RunStatus.Cancelled, Describe(leaving), CancellationToken.None),
                _ => EndAsync(RunStatus.Failed, Describe(leaving), CancellationToken.None),
            }).ConfigureAwait(false);
        }
        catch (Exception error) when (leaving is not null)
        {
            // The exception that is leaving the block says more than this one, which would hide it.
            Log.EndFailed(_logger, Info.Id, error);
        }
        finally
        {
            _buffer.Close(true);
            _ended = true;
            await _writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task EndAsync(RunStatus status, string? failure, CancellationToken cancellationToken)
    {
        await _ending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_ended)
            {
                return;
            }

            _buffer.Close(true);
            try
            {
                await FlushBufferAsync(cancellationToken).ConfigureAwait(false);
                await _diff.WaitAsync(cancellationToken).ConfigureAwait(false);
                var now = _time.GetUtcNow();
                var update = new RunUpdate { Status = status, EndedAt = now, HeartbeatAt = now, Failure = failure };
                await _writer.RetryAsync(() => _store.UpdateAsync(Info.Id, update, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                _buffer.Close(false);
                throw;
            }

            _ended = true;
            await _writer.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _ending.Release();
        }
    }

    private async Task FlushBufferAsync(CancellationToken cancellationToken)
    {
        var emptied = _buffer.WhenEmptied();
        if (emptied.IsCompletedSuccessfully)
        {
            return;
        }

        _writer.Wake();
        await emptied.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private bool IsNew(in RunEvent parameter)
    {
        var value = parameter.Text ?? string.Empty;
        if (_parameters.TryAdd(parameter.Name, value))
        {
            return true;
        }

        var first = _parameters[parameter.Name];
        return string.Equals(first, value, StringComparison.Ordinal)
            ? false
            : throw new MlOpsException(
                ErrorCodes.ParameterChanged,
                $"Run {Info.Id} already has parameter '{parameter.Name}' = '{first}'; it cannot become '{value}'. "
                + "Start another run for another configuration, or log what changes during a run as a metric or tag.");
    }

    private static void ThrowInvalid(in RunEvent runEvent) =>
        throw new MlOpsException(
            ErrorCodes.InvalidName,
            runEvent.Name is null ? "The event has no name: make it with RunEvent.Metric, Parameter, Tag or Input."
            : runEvent.Name.Length > MaximumNameLength
                ? $"The {runEvent.Kind} name '{runEvent.Name[..40]}…' has {runEvent.Name.Length} characters; at most {MaximumNameLength} are kept."
                : $"The value of {runEvent.Kind} '{runEvent.Name}' has {runEvent.Text!.Length} characters; at most {MaximumValueLength} are kept. "
                    + "Log longer texts as an artifact with LogTextAsync.");

    private static string Describe(Exception exception) => $"{exception.GetType()}: {exception.Message}";

    private MlOpsException Ended() =>
        new(ErrorCodes.RunEnded, $"Run {Info.Id} has ended and takes nothing more: start another run, or log before CompleteAsync.");

    private MlOpsException Failed()
    {
        var failure = _buffer.Failure;
        return new MlOpsException(
            (failure as MlOpsException)?.Code ?? ErrorCodes.StorageLocked,
            $"Run {Info.Id} cannot record: an earlier batch could not be written and is kept for the next try. {failure?.Message}",
            failure);
    }
}
