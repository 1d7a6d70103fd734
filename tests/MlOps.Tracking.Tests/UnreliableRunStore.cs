using System.Collections.Concurrent;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

/// <summary>The in-memory store with faults on demand, and a record of what reached it.</summary>
internal sealed class UnreliableRunStore : IRunStore, IRunReader
{
    private readonly InMemoryRunStore _inner = new();
    private readonly ConcurrentDictionary<RunId, List<RunEvent>> _events = [];
    private readonly ConcurrentDictionary<RunId, (long Sequence, int Held)> _resumed = [];
    private readonly ConcurrentQueue<RunUpdate> _updates = [];
    private volatile MlOpsException? _failure;
    private int _failuresLeft;
    private int _failedCalls;

    public IEnumerable<RunUpdate> Updates => _updates;

    public int FailedCalls => Volatile.Read(ref _failedCalls);

    public TaskCompletionSource? Hold { get; set; }

    public void FailNext(int calls, MlOpsException failure)
    {
        _failure = failure;
        Volatile.Write(ref _failuresLeft, calls);
    }

    public IReadOnlyList<RunEvent> Events(RunId run)
    {
        var events = _events.GetOrAdd(run, _ => []);
        lock (events)
        {
            return [.. events];
        }
    }

    public Task CreateAsync(RunInfo run, RunSnapshot snapshot, CancellationToken cancellationToken = default) =>
        _inner.CreateAsync(run, snapshot, cancellationToken);

    public async Task AppendAsync(RunId run, long sequence, ReadOnlyMemory<RunEvent> events, CancellationToken cancellationToken = default)
    {
        if (Hold is { } hold)
        {
            await hold.Task;
        }

        await Task.Yield();
        if (Interlocked.Decrement(ref _failuresLeft) >= 0)
        {
            Interlocked.Increment(ref _failedCalls);
            throw _failure!;
        }

        await _inner.AppendAsync(run, sequence, events, cancellationToken);
        var held = _events.GetOrAdd(run, _ => []);
        lock (held)
        {
            var (first, before) = _resumed.GetValueOrDefault(run);
            var position = sequence - first + before;
            Assert.True(position <= held.Count, "A batch may repeat events and never skip any.");
            held.AddRange(events.Span[(int)Math.Min(events.Length, held.Count - position)..]);
        }
    }

    public Task UpdateAsync(RunId run, RunUpdate update, CancellationToken cancellationToken = default)
    {
        _updates.Enqueue(update);
        return _inner.UpdateAsync(run, update, cancellationToken);
    }

    public async Task<long?> ResumeAsync(RunInfo found, RunInfo resumed, CancellationToken cancellationToken = default)
    {
        var sequence = await _inner.ResumeAsync(found, resumed, cancellationToken);
        if (sequence is { } first)
        {
            _resumed[found.Id] = (first, Events(found.Id).Count);
        }

        return sequence;
    }

    public Task<RunDetails?> FindAsync(RunId run, CancellationToken cancellationToken = default) => _inner.FindAsync(run, cancellationToken);

    public Task<RunPage> QueryAsync(RunQuery query, CancellationToken cancellationToken = default) =>
        _inner.QueryAsync(query, cancellationToken);

    public Task<IReadOnlyList<MetricPoint>> ReadHistoryAsync(
        RunId run, string metric, MetricHistoryOptions? options = null, CancellationToken cancellationToken = default) =>
        _inner.ReadHistoryAsync(run, metric, options, cancellationToken);
}
