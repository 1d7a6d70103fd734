using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace MlOps.Monitoring;

/// <summary>Takes predictions without waiting, and appends them to the log in batches behind the caller's back.</summary>
internal sealed class PredictionBuffer : IDisposable
{
    private const int Attempts = 3;
    private readonly IPredictionLog _log;
    private readonly MonitorBufferOptions _options;
    private readonly TimeProvider _time;
    private readonly MonitorTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly Channel<object> _channel;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ConcurrentDictionary<string, long> _lost = new(StringComparer.Ordinal);
    private readonly Task _writer;
    private int _waiting;

    public PredictionBuffer(
        IPredictionLog log, MonitorBufferOptions options, TimeProvider time, MonitorTelemetry telemetry, ILogger logger)
    {
        (_log, _options, _time, _telemetry, _logger) = (log, options, time, telemetry, logger);
        _channel = Channel.CreateBounded<object>(
            new BoundedChannelOptions(options.Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _writer = Task.Run(WriteAsync);
    }

    public void Add(PredictionRecord prediction)
    {
        if (!_channel.Writer.TryWrite(prediction))
        {
            Lose(prediction.Model);
            return;
        }

        _telemetry.Recorded(prediction.Model);
        if (Interlocked.Increment(ref _waiting) == _options.BatchSize)
        {
            _wake.Release();
        }
    }

    public long LostOf(string model) => _lost.GetValueOrDefault(model);

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wake.Release();
        await _channel.Writer.WriteAsync(done, cancellationToken).ConfigureAwait(false);
        await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task CompleteAsync()
    {
        _channel.Writer.TryComplete();
        _wake.Release();
        await _writer.ConfigureAwait(false);
    }

    public void Dispose() => _wake.Dispose();

    private void Lose(string model)
    {
        var lost = _lost.AddOrUpdate(model, 1, static (_, count) => count + 1);
        _telemetry.Lost(model, 1);
        if (long.IsPow2(lost))
        {
            Log.PredictionsLost(_logger, model, lost);
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<PredictionRecord>(_options.BatchSize);
        var reader = _channel.Reader;
        Exception? failure = null;
        while (await reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (Volatile.Read(ref _waiting) < _options.BatchSize)
            {
                await _wake.WaitAsync(_options.FlushInterval).ConfigureAwait(false);
            }

            while (reader.TryRead(out var item))
            {
                if (item is PredictionRecord prediction)
                {
                    batch.Add(prediction);
                    Interlocked.Decrement(ref _waiting);
                    if (batch.Count >= _options.BatchSize)
                    {
                        failure = await AppendAsync(batch).ConfigureAwait(false) ?? failure;
                    }

                    continue;
                }

                failure = await AppendAsync(batch).ConfigureAwait(false) ?? failure;
                Answer((TaskCompletionSource)item, failure);
                failure = null;
            }

            failure = await AppendAsync(batch).ConfigureAwait(false) ?? failure;
        }
    }

    private static void Answer(TaskCompletionSource flush, Exception? failure)
    {
        if (failure is null)
        {
            flush.SetResult();
        }
        else
        {
            flush.SetException(failure);
        }
    }

    private async Task<Exception?> AppendAsync(List<PredictionRecord> batch)
    {
        for (var attempt = 1; batch.Count > 0; attempt++)
        {
            try
            {
                await _log.AppendAsync(batch.ToArray()).ConfigureAwait(false);
                batch.Clear();
            }
#pragma warning disable CA1031 // Whatever the store throws, the writer lives on: the batch is retried, then counted as lost and told to the flush.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (attempt < Attempts)
                {
                    Log.AppendRetried(_logger, error, batch.Count);
                    await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), _time).ConfigureAwait(false);
                    continue;
                }

                Log.AppendFailed(_logger, error, batch.Count);
                foreach (var group in batch.GroupBy(prediction => prediction.Model, StringComparer.Ordinal))
                {
                    var count = group.Count();
                    _lost.AddOrUpdate(group.Key, count, (_, lost) => lost + count);
                    _telemetry.Lost(group.Key, count);
                }

                batch.Clear();
                return error;
            }
        }

        return null;
    }
}
