using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using MlOps.Storage;

namespace MlOps.Tracking;

internal sealed class Run : IRun
{
    public const int BatchSize = 4096;

    private readonly IRunStore _store;
    private readonly IBlobStore _blobs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EventBuffer _buffer;
    private readonly RunWriter _writer;
    private readonly ConcurrentDictionary<string, string> _parameters;
    private readonly ConcurrentBag<IRunCompanion> _companions = [];
    private readonly SemaphoreSlim _ending = new(1, 1);
    private readonly Action _wake;
    private readonly bool _anyNames;
    private readonly int _maximumParameterLength;
    private readonly int _maximumTagLength;
    private readonly Action<RunInfo>? _tellEnded;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _clock;
    private readonly long _clockTimestamp;
    private Task _diff = Task.CompletedTask;
    private volatile bool _ended;

    /// <summary>Begins or goes on with a run that the store holds.</summary>
    /// <param name="info">The run.</param>
    /// <param name="store">Where it is written.</param>
    /// <param name="blobs">Where its files lie.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">How it is recorded.</param>
    /// <param name="logger">Where failures are told that no caller sees.</param>
    /// <param name="firstSequence">The number of its next event; 0 for a new run.</param>
    /// <param name="parameters">The parameters that it has already.</param>
    /// <param name="ended">Is told once how the run ended.</param>
    public Run(
        RunInfo info,
        IRunStore store,
        IBlobStore blobs,
        TimeProvider time,
        TrackingOptions options,
        ILogger logger,
        long firstSequence = 0,
        IReadOnlyDictionary<string, string>? parameters = null,
        Action<RunInfo>? ended = null)
    {
        _tellEnded = ended;
        _parameters = new ConcurrentDictionary<string, string>(parameters ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        Info = info;
        _store = store;
        _blobs = blobs;
        _time = time;
        _logger = logger;
        _buffer = new EventBuffer(options.BufferCapacity);
        _writer = new RunWriter(info.Id, firstSequence, _buffer, store, time, options, logger);
        _wake = _writer.Wake;
        _clockTimestamp = time.GetTimestamp();
        _clock = time.GetUtcNow();
        (_anyNames, _maximumParameterLength, _maximumTagLength) = (options.AnyNames, options.MaximumParameterLength, options.MaximumTagLength);
        ExitTimeout = options.ExitTimeout;
        InFlightException.Watch();
        OpenRuns.Add(this);
    }

    /// <summary>How long the end of the process may wait for this run.</summary>
    public TimeSpan ExitTimeout { get; }

    public RunInfo Info { get; }

    public void Record(in RunEvent runEvent)
    {
        InFlightException.Forget();
        if (runEvent.Name is null
            || RunNames.WhyNot(runEvent.Name, _anyNames) is not null
            || runEvent.Text?.Length > MaximumLength(runEvent.Kind))
        {
            ThrowInvalid(runEvent);
        }

        if (runEvent.Kind == RunEventKind.Parameter && !IsNew(runEvent))
        {
            return;
        }

        // The start of the run plus the time since is a third of the price of asking for the time of day. In whole microseconds: what is
        // finer says nothing about a training loop, and takes half a byte of each stored point.
        var now = _clock.UtcTicks + _time.GetElapsedTime(_clockTimestamp).Ticks;
        var stamped = runEvent with { Timestamp = new DateTimeOffset(now - (now % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero) };
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

    /// <summary>How an exception is told as the failure of a run.</summary>
    public static string Describe(Exception exception) => $"{exception.GetType()}: {exception.Message}";

    /// <summary>Lets something record by itself until the run ends.</summary>
    public void Attach(IRunCompanion companion) => _companions.Add(companion);

    /// <summary>Ends the run because its process ends; tells the log, and nobody else, what went wrong.</summary>
    public async Task EndWithProcessAsync(RunStatus status, string? failure, string endedBy, CancellationToken cancellationToken)
    {
        try
        {
            this.SetTag("mlops.ended_by", endedBy);
        }
        catch (MlOpsException)
        {
            // It is ending by itself, which is waited for, or cannot write, which the next lines find out.
        }

        try
        {
            await EndAsync(status, failure, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log.EndFailed(_logger, Info.Id, error);
        }
    }

    /// <summary>Flushes the run and writes it as cancelled, in case the process ends with this; the run itself goes on.</summary>
    public Task MarkCancelledAsync(string reason, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return MarkAsync(
            new RunUpdate { Status = RunStatus.Cancelled, EndedAt = now, HeartbeatAt = now, Failure = reason }, flush: true, cancellationToken);
    }

    /// <summary>Writes the run as running again, unless it has ended meanwhile.</summary>
    public Task MarkRunningAsync() =>
        MarkAsync(new RunUpdate { Status = RunStatus.Running, HeartbeatAt = _time.GetUtcNow() }, flush: false, CancellationToken.None);

    private async Task MarkAsync(RunUpdate update, bool flush, CancellationToken cancellationToken)
    {
        try
        {
            await _ending.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (_ended)
                {
                    return;
                }

                if (flush)
                {
                    await FlushCompanionsAsync(stop: false, cancellationToken).ConfigureAwait(false);
                    await FlushBufferAsync(cancellationToken).ConfigureAwait(false);
                }

                await _writer.RetryAsync(() => _store.UpdateAsync(Info.Id, update, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _ending.Release();
            }
        }
        catch (Exception error)
        {
            Log.EndFailed(_logger, Info.Id, error);
        }
    }

    private async Task FlushCompanionsAsync(bool stop, CancellationToken cancellationToken)
    {
        foreach (var companion in _companions)
        {
            try
            {
                await (stop ? companion.StopAsync(cancellationToken) : companion.FlushAsync(cancellationToken)).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.CompanionFailed(_logger, Info.Id, error);
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
            OpenRuns.Remove(this);
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

            await FlushCompanionsAsync(stop: true, cancellationToken).ConfigureAwait(false);
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
            OpenRuns.Remove(this);
            _tellEnded?.Invoke(Info with { Status = status, EndedAt = _time.GetUtcNow(), Failure = failure });
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

    private int MaximumLength(RunEventKind kind) => kind == RunEventKind.Parameter ? _maximumParameterLength : _maximumTagLength;

    [DoesNotReturn]
    private void ThrowInvalid(in RunEvent runEvent)
    {
        if (runEvent.Name is not { } name)
        {
            throw new MlOpsException(ErrorCodes.InvalidName, "The event has no name: make it with RunEvent.Metric, Parameter, Tag or Input.");
        }

        var shown = name.Length > 40 ? name[..40] + "…" : name;
        throw new MlOpsException(
            ErrorCodes.InvalidName,
            RunNames.WhyNot(name, _anyNames) is { } reason
                ? $"The {runEvent.Kind} name '{shown}' {reason}."
                : $"The value of {runEvent.Kind} '{shown}' has {runEvent.Text!.Length} characters; "
                    + $"at most {MaximumLength(runEvent.Kind)} are kept. Log longer texts as an artifact with LogTextAsync.");
    }

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
