using MlOps.Features;

namespace MlOps.Testing;

/// <summary>The recent rows of feature views in the memory of the process, for tests.</summary>
/// <remarks>Safe from many threads; nothing outlives the object.</remarks>
public sealed class InMemoryOnlineStore : IOnlineStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string View, string Key), SortedList<(long Time, string Id), OnlineRow>> _entities = [];

    /// <inheritdoc/>
    public ValueTask WriteAsync(IReadOnlyList<OnlineWrite> writes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writes);
        lock (_gate)
        {
            foreach (var write in writes)
            {
                Add(write);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IReadOnlyList<OnlineRow>>> ReadAsync(
        IReadOnlyList<OnlineLookup> lookups, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookups);
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<IReadOnlyList<OnlineRow>>>([.. lookups.Select(Find)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> GetNewestAsync(string view, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_entities
                .Where(pair => string.Equals(pair.Key.View, view, StringComparison.Ordinal))
                .Max(pair => (DateTimeOffset?)pair.Value.Values[^1].EventTime));
        }
    }

    /// <inheritdoc/>
    public ValueTask ClearAsync(string view, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            foreach (var entity in _entities.Keys.Where(entity => string.Equals(entity.View, view, StringComparison.Ordinal)).ToList())
            {
                _entities.Remove(entity);
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Add(OnlineWrite write)
    {
        foreach (var row in write.Rows)
        {
            if (!_entities.TryGetValue((write.View, row.Key), out var entity))
            {
                _entities[(write.View, row.Key)] = entity = new SortedList<(long Time, string Id), OnlineRow>(RowOrder.Instance);
            }

            entity[(row.EventTime.UtcTicks, row.Id)] = row;
            var newest = entity.Keys[^1].Time;
            while (entity.Count > 1 && (write.Retention == TimeSpan.Zero || newest - entity.Keys[0].Time > write.Retention.Ticks))
            {
                entity.RemoveAt(0);
            }
        }
    }

    private IReadOnlyList<OnlineRow> Find(OnlineLookup lookup)
    {
        if (!_entities.TryGetValue((lookup.View, lookup.Key), out var entity))
        {
            return [];
        }

        var rows = entity.Values.Where(row => row.EventTime > lookup.After && row.EventTime <= lookup.UpTo).ToList();
        return lookup.LatestOnly && rows.Count > 1 ? [rows[^1]] : rows;
    }

    private sealed class RowOrder : IComparer<(long Time, string Id)>
    {
        public static RowOrder Instance { get; } = new();

        public int Compare((long Time, string Id) x, (long Time, string Id) y) =>
            x.Time != y.Time ? x.Time.CompareTo(y.Time) : string.CompareOrdinal(x.Id, y.Id);
    }
}
