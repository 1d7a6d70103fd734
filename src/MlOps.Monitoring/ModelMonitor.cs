using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MlOps.Monitoring;

/// <summary>The monitor of all models of an application.</summary>
internal sealed class ModelMonitor : IModelMonitor, IAsyncDisposable, IDisposable
{
    private readonly IPredictionLog _log;
    private readonly IMonitorStore _store;
    private readonly IOptionsMonitor<ModelMonitorOptions> _options;
    private readonly IReadOnlyList<string> _models;
    private readonly WindowJudge _judge;
    private readonly ILogger<ModelMonitor> _logger;
    private readonly MonitorTelemetry _telemetry = new();
    private readonly PredictionBuffer _buffer;
    private readonly SemaphoreSlim _judging = new(1);
    private readonly ConcurrentDictionary<string, long> _lossTold = new(StringComparer.Ordinal);
    private bool _disposed;

    public ModelMonitor(
        IPredictionLog log,
        IMonitorStore store,
        WindowJudge judge,
        IOptionsMonitor<ModelMonitorOptions> options,
        IOptions<MonitorBufferOptions> buffer,
        IEnumerable<MonitoredModel> models,
        TimeProvider time,
        ILogger<ModelMonitor> logger)
    {
        (_log, _store, _judge, _options, _logger) = (log, store, judge, options, logger);
        _models = [.. models.Select(model => model.Name).Distinct(StringComparer.Ordinal)];
        _buffer = new PredictionBuffer(log, buffer.Value, time, _telemetry, logger);
    }

    public void Record(PredictionRecord prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        _buffer.Add(prediction);
    }

    public async Task<int> RecordOutcomesAsync(
        string model, IReadOnlyList<OutcomeRecord> outcomes, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentNullException.ThrowIfNull(outcomes);
        await _buffer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return await _log.JoinOutcomesAsync(model, outcomes, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<MonitoringWindow>> JudgeAsync(
        string model, DateTimeOffset upTo, CancellationToken cancellationToken = default)
    {
        var options = OptionsOf(model);
        await _buffer.FlushAsync(cancellationToken).ConfigureAwait(false);
        await _judging.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await JudgeOpenWindowsAsync(model, options, upTo, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _judging.Release();
        }
    }

    public Task<IReadOnlyList<MonitoringWindow>> ListWindowsAsync(string model, CancellationToken cancellationToken = default) =>
        _store.ListAsync(model, cancellationToken);

    public Task FlushAsync(CancellationToken cancellationToken = default) => _buffer.FlushAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _buffer.CompleteAsync().ConfigureAwait(false);
        _buffer.Dispose();
        _telemetry.Dispose();
        _judging.Dispose();
    }

    /// <summary>Waits for the last batch: a service provider that is disposed synchronously must not lose it. The writer needs no caller's context.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<IReadOnlyList<MonitoringWindow>> JudgeOpenWindowsAsync(
        string model, ModelMonitorOptions options, DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        var stored = await _store.ListAsync(model, cancellationToken).ConfigureAwait(false);
        var first = stored.Count > 0
            ? stored[0].Start
            : await FirstPredictionAsync(model, upTo, cancellationToken).ConfigureAwait(false);
        if (first is null || upTo - first.Value < options.OutcomeDelay)
        {
            return [];
        }

        var origin = options.Origin ?? (stored.Count > 0 ? first.Value : new DateTimeOffset(first.Value.UtcDateTime.Date, TimeSpan.Zero));
        var history = stored.ToList();
        var judgedBefore = stored.Select(window => (window.Start, window.End)).ToHashSet();
        var judged = new List<MonitoringWindow>();
        foreach (var (start, end) in new WindowGrid(origin, options.Window).Between(first.Value, upTo - options.OutcomeDelay))
        {
            if (judgedBefore.Contains((start, end)))
            {
                continue;
            }

            var window = await _judge.JudgeAsync(model, start, end, options, history, NewlyLost(model), cancellationToken).ConfigureAwait(false);
            await _store.SaveAsync(window, cancellationToken).ConfigureAwait(false);
            history.Add(window);
            judged.Add(window);
            Tell(window);
        }

        return judged;
    }

    private async Task<DateTimeOffset?> FirstPredictionAsync(string model, DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        var rows = await _log.ReadAsync(model, DateTimeOffset.MinValue, upTo, cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0].Timestamp;
    }

    private long NewlyLost(string model)
    {
        var lost = _buffer.LostOf(model);
        var told = _lossTold.GetValueOrDefault(model);
        _lossTold[model] = lost;
        return lost - told;
    }

    private void Tell(MonitoringWindow window)
    {
        _telemetry.Judged(window);
        Log.WindowJudged(_logger, window.Model, window.Start, window.Verdict);
        foreach (var alert in window.Alerts)
        {
            Log.Alerted(_logger, window.Model, window.Start, alert.Rule, alert.Message);
        }
    }

    private ModelMonitorOptions OptionsOf(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        if (!_models.Contains(model, StringComparer.Ordinal))
        {
            var added = _models.Count == 0 ? "no model" : string.Join(", ", _models.Select(name => $"'{name}'"));
            throw new MlOpsException(
                ErrorCodes.InvalidConfiguration,
                $"No monitor was added for the model '{model}'; monitored is: {added}. Call AddMonitor(\"{model}\") where the SDK is wired.");
        }

        return _options.Get(model);
    }
}
