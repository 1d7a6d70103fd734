using MlOps.Tracking;

namespace MlOps.Testing;

/// <summary>Runs in the memory of the process, for tests.</summary>
/// <remarks>Safe from many threads; nothing outlives the object.</remarks>
public sealed class InMemoryRunStore : IRunStore, IRunReader
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, InMemoryRun> _runs = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task CreateAsync(RunInfo run, RunSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(snapshot);
        lock (_gate)
        {
            _runs.TryAdd(run.Id.Value, new InMemoryRun(run, snapshot));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task AppendAsync(RunId run, long sequence, ReadOnlyMemory<RunEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        lock (_gate)
        {
            if (!_runs.TryGetValue(run.Value, out var found))
            {
                return Task.FromException(NotFound(run));
            }

            try
            {
                found.Append(sequence, events.Span);
                return Task.CompletedTask;
            }
            catch (Exception error) when (error is MlOpsException or ArgumentException)
            {
                return Task.FromException(error);
            }
        }
    }

    /// <inheritdoc/>
    public Task UpdateAsync(RunId run, RunUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        lock (_gate)
        {
            if (!_runs.TryGetValue(run.Value, out var found))
            {
                return Task.FromException(NotFound(run));
            }

            found.Update(update);
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<long?> ResumeAsync(RunInfo found, RunInfo resumed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(resumed);
        lock (_gate)
        {
            return _runs.TryGetValue(found.Id.Value, out var run)
                ? Task.FromResult(run.Resume(found, resumed))
                : Task.FromException<long?>(NotFound(found.Id));
        }
    }

    /// <inheritdoc/>
    public Task<RunDetails?> FindAsync(RunId run, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(run.Value, out var found) && run.Value.Length >= 6)
            {
                var matches = _runs.Where(pair => pair.Key.EndsWith(run.Value, StringComparison.Ordinal)).Take(2).ToList();
                found = matches.Count == 1 ? matches[0].Value : null;
            }

            return Task.FromResult(found?.ToDetails());
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunInfo>> QueryAsync(RunQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<RunInfo>>(
            [
                .. _runs.Values.Reverse().Select(run => run.Info)
                    .Where(run => query.Experiment is null || string.Equals(run.Experiment, query.Experiment, StringComparison.Ordinal))
                    .Where(run => query.Status is null || run.Status == query.Status)
                    .Where(run => query.Parent is null || run.Parent == query.Parent)
                    .Where(run => query.Before is not { } before || string.CompareOrdinal(run.Id.Value, before.Value) < 0)
                    .Take(query.Limit),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricPoint>> ReadHistoryAsync(RunId run, string metric, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<MetricPoint>>(_runs.TryGetValue(run.Value, out var found) ? found.History(metric) : []);
        }
    }

    private static MlOpsException NotFound(RunId run) =>
        new(ErrorCodes.RunNotFound, $"The in-memory store has no run '{run}'; create it before writing to it.");
}
