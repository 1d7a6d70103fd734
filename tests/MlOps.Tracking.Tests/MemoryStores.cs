using System.Collections.Concurrent;
using MlOps.Storage;

namespace MlOps.Tracking.Tests;

internal sealed class MemoryRuns : IRunStore, IRunReader
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, (RunDetails Details, List<RunEvent> Events)> _runs = [];
    private volatile MlOpsException? _failure;
    private int _failuresLeft;

    public List<RunUpdate> Updates { get; } = [];

    public int FailedCalls { get; private set; }

    public TaskCompletionSource? Hold { get; set; }

    public void FailNext(int calls, MlOpsException failure)
    {
        lock (_gate)
        {
            (_failure, _failuresLeft) = (failure, calls);
        }
    }

    public IReadOnlyList<RunEvent> Events(RunId run)
    {
        lock (_gate)
        {
            return [.. _runs[run].Events];
        }
    }

    public Task CreateAsync(RunInfo run, RunSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _runs.TryAdd(run.Id, (new RunDetails
            {
                Info = run,
                Snapshot = snapshot,
                Parameters = new Dictionary<string, string>(),
                Metrics = new Dictionary<string, MetricPoint>(),
                Tags = new Dictionary<string, string>(),
                Inputs = new Dictionary<string, string>(),
                Artifacts = [],
            }, []));
        }

        return Task.CompletedTask;
    }

    public async Task AppendAsync(RunId run, long sequence, ReadOnlyMemory<RunEvent> events, CancellationToken cancellationToken = default)
    {
        if (Hold is { } hold)
        {
            await hold.Task;
        }

        await Task.Yield();
        lock (_gate)
        {
            if (_failuresLeft > 0)
            {
                _failuresLeft--;
                FailedCalls++;
                throw _failure!;
            }

            var held = _runs[run].Events;
            Assert.True(sequence <= held.Count, "A batch may repeat events and never skip any.");
            held.AddRange(events.Span[(int)Math.Min(events.Length, held.Count - sequence)..]);
        }
    }

    public Task UpdateAsync(RunId run, RunUpdate update, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Updates.Add(update);
            var (details, events) = _runs[run];
            var info = details.Info;
            var artifacts = update.Artifact is { } file ? [.. details.Artifacts.Where(old => old.Path != file.Path), file] : details.Artifacts;
            _runs[run] = (details with
            {
                Artifacts = artifacts,
                Info = info with
                {
                    Status = update.Status ?? info.Status,
                    EndedAt = update.EndedAt ?? info.EndedAt,
                    HeartbeatAt = update.HeartbeatAt ?? info.HeartbeatAt,
                    Failure = update.Failure ?? info.Failure,
                },
            }, events);
        }

        return Task.CompletedTask;
    }

    public Task<RunDetails?> FindAsync(RunId run, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(!_runs.TryGetValue(run, out var entry) ? null : entry.Details with
            {
                Parameters = Texts(entry.Events, RunEventKind.Parameter),
                Tags = Texts(entry.Events, RunEventKind.Tag),
                Inputs = Texts(entry.Events, RunEventKind.Input),
                Metrics = entry.Events.Where(e => e.Kind == RunEventKind.Metric).GroupBy(e => e.Name)
                    .ToDictionary(g => g.Key, g => g.Select(e => new MetricPoint(e.Step, e.Number, e.Timestamp)).Last()),
            });
        }
    }

    public Task<IReadOnlyList<RunInfo>> QueryAsync(RunQuery query, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<RunInfo>>([.. _runs.Values.Select(run => run.Details.Info)
                .Where(run => query.Status is null || run.Status == query.Status)
                .Where(run => query.Before is not { } before || string.CompareOrdinal(run.Id.Value, before.Value) < 0)
                .OrderByDescending(run => run.Id.Value, StringComparer.Ordinal).Take(query.Limit)]);
        }
    }

    public Task<IReadOnlyList<MetricPoint>> ReadHistoryAsync(RunId run, string metric, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<MetricPoint>>([.. Events(run).Where(e => e.Kind == RunEventKind.Metric && e.Name == metric)
            .Select(e => new MetricPoint(e.Step, e.Number, e.Timestamp)).OrderBy(point => point.Step)]);

    private static Dictionary<string, string> Texts(List<RunEvent> events, RunEventKind kind) =>
        events.Where(e => e.Kind == kind).GroupBy(e => e.Name).ToDictionary(g => g.Key, g => g.Last().Text!);
}

internal sealed class MemoryBlobs : IBlobStore
{
    private readonly ConcurrentDictionary<ContentHash, byte[]> _blobs = [];

    public async Task<BlobInfo> PutAsync(Stream content, CancellationToken cancellationToken = default)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        var bytes = copy.ToArray();
        var hash = ContentHash.Of(bytes);
        _blobs[hash] = bytes;
        return new BlobInfo(hash, bytes.Length);
    }

    public Task<Stream> OpenReadAsync(ContentHash hash, CancellationToken cancellationToken = default) =>
        _blobs.TryGetValue(hash, out var bytes)
            ? Task.FromResult<Stream>(new MemoryStream(bytes, writable: false))
            : throw new MlOpsException(ErrorCodes.BlobNotFound, $"No object {hash.Short}.");

    public Task<bool> ExistsAsync(ContentHash hash, CancellationToken cancellationToken = default) => Task.FromResult(_blobs.ContainsKey(hash));

    public IAsyncEnumerable<BlobInfo> ListAsync(CancellationToken cancellationToken = default) =>
        _blobs.Select(blob => new BlobInfo(blob.Key, blob.Value.Length)).ToAsyncEnumerable();

    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        _blobs.TryRemove(hash, out _);
        return Task.CompletedTask;
    }
}
