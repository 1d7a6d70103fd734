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
    public Task<RunPage> QueryAsync(RunQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var after = RunCursor.Read(query);
        var order = RunOrder.Complete(query.OrderBy);
        lock (_gate)
        {
            var found = _runs.Values
                .Where(run => query.Experiment is null || string.Equals(run.Info.Experiment, query.Experiment, StringComparison.Ordinal))
                .Where(run => query.Status is null || run.Info.Status == query.Status)
                .Where(run => query.Parent is null || run.Info.Parent == query.Parent)
                .Where(run => query.Filter is null || InMemoryRunSearch.Matches(query.Filter, run))
                .Select(run => (Run: run, Keys: InMemoryRunSearch.Keys(order, run)))
                .Where(run => after is null || InMemoryRunSearch.Compare(order, run.Keys, after) > 0)
                .ToList();
            found.Sort((left, right) => InMemoryRunSearch.Compare(order, left.Keys, right.Keys));
            return Task.FromResult(new RunPage
            {
                Runs = [.. found.Take(query.Limit).Select(run => run.Run.ToSummary())],
                NextPageToken = found.Count > query.Limit ? RunCursor.ToToken(query, found[query.Limit - 1].Keys) : null,
            });
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricPoint>> ReadHistoryAsync(
        RunId run, string metric, MetricHistoryOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_runs.TryGetValue(run.Value, out var found) ? found.History(metric, options) : []);
        }
    }

    private static MlOpsException NotFound(RunId run) =>
        new(ErrorCodes.RunNotFound, $"The in-memory store has no run '{run}'; create it before writing to it.");
}
