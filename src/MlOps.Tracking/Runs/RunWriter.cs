using Microsoft.Extensions.Logging;

namespace MlOps.Tracking;

/// <summary>Sends a run's events to the store in batches, in order, and its heartbeats.</summary>
/// <remarks>
/// One task a run. A timer wakes it every flush interval; a filling buffer or a flush wakes it at once. Events leave the buffer only when the
/// store has confirmed them, and a batch carries the number of events before it, so that one sent twice is kept once.
/// </remarks>
internal sealed class RunWriter : IAsyncDisposable
{
    private readonly RunId _run;
    private readonly long _firstSequence;
    private readonly EventBuffer _buffer;
    private readonly IRunStore _store;
    private readonly TimeProvider _time;
    private readonly TrackingOptions _options;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ITimer _timer;
    private readonly Task _loop;
    private long _beatAt;
    private int _awake;
    private volatile bool _stopping;

    public RunWriter(
        RunId run, long firstSequence, EventBuffer buffer, IRunStore store, TimeProvider time, TrackingOptions options, ILogger logger)
    {
        _run = run;
        _firstSequence = firstSequence;
        _buffer = buffer;
        _store = store;
        _time = time;
        _options = options;
        _logger = logger;
        _beatAt = time.GetTimestamp();
        TrackingTelemetry.Watch(buffer);

        // The writer outlives the call that starts the run and must not hold on to its execution context (activities, async locals).
        using (AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static state => ((RunWriter)state!).Wake(), this, options.FlushInterval, options.FlushInterval);
            _loop = Task.Run(LoopAsync);
        }
    }

    /// <summary>Makes the writer look; many calls before it does count as one.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _awake, 1) == 0)
        {
            _wake.Release();
        }
    }

    /// <summary>Stops the writer after the call that it is in.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        await _timer.DisposeAsync().ConfigureAwait(false);
        Wake();
        await _loop.ConfigureAwait(false);
        TrackingTelemetry.Release(_buffer);
    }

    /// <summary>Tries a write again, with growing pauses, while another process holds the store or its server is away.</summary>
    public async Task RetryAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = Min(2 * pause, TimeSpan.FromSeconds(1)))
        {
            try
            {
                await write().ConfigureAwait(false);
                return;
            }
            catch (MlOpsException error) when (error.Code is ErrorCodes.StorageLocked or ErrorCodes.StorageUnavailable
                && _time.GetElapsedTime(began) + pause <= _options.RetryFor)
            {
                await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private async Task LoopAsync()
    {
        while (!_stopping)
        {
            await _wake.WaitAsync().ConfigureAwait(false);
            Volatile.Write(ref _awake, 0);
            await DrainAsync().ConfigureAwait(false);
            await BeatAsync().ConfigureAwait(false);
        }
    }

    private async Task DrainAsync()
    {
        while (_buffer.Peek() is { IsEmpty: false } batch)
        {
            var began = _time.GetTimestamp();
            try
            {
                var sequence = _firstSequence + _buffer.Removed;
                await RetryAsync(() => _store.AppendAsync(_run, sequence, batch), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                Measure(began, TrackingTelemetry.Failed);
                // Whatever it was, the callers are told and nothing is dropped; the next wake tries again.
                if (_buffer.Failure is null)
                {
                    Log.AppendFailed(_logger, _run, batch.Length, error);
                }

                _buffer.Fail(error);
                return;
            }

            TrackingTelemetry.Events.Add(batch.Length);
            Measure(began, TrackingTelemetry.Written);
            _buffer.Remove(batch.Length);
        }
    }

    private void Measure(long began, KeyValuePair<string, object?> outcome)
    {
        if (TrackingTelemetry.FlushDuration.Enabled)
        {
            TrackingTelemetry.FlushDuration.Record(_time.GetElapsedTime(began).TotalSeconds, outcome);
        }
    }

    private async Task BeatAsync()
    {
        if (_stopping || _time.GetElapsedTime(_beatAt) < _options.HeartbeatInterval)
        {
            return;
        }

        _beatAt = _time.GetTimestamp();
        try
        {
            await _store.UpdateAsync(_run, new RunUpdate { HeartbeatAt = _time.GetUtcNow() }).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // A missed heartbeat costs nothing as long as a later one arrives.
            Log.HeartbeatFailed(_logger, _run, error);
        }
    }
}
