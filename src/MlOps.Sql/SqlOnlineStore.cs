using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using MlOps.Features;

namespace MlOps.Sql;

internal sealed class SqlOnlineStore(SqlDatabase database) : IOnlineStore
{
    private const string Range =
        "SELECT event_at, row_id, content FROM online_rows WHERE view_id = @0 AND entity_key = @1 AND event_at > @2 AND event_at <= @3";

    // Old rows lie on other pages than new ones: taking them away with every write would double what is written. Which writes of an entity do is
    // left to chance, so that no pattern of writes passes one over for ever.
    private const int TrimEvery = 16;

    private static readonly SqlInsert _rows = new(
        "online_rows",
        SqlDuplicates.Replaced,
        keyColumns: 4,
        new("view_id", SqlValueKind.Integer),
        new("entity_key", SqlValueKind.Text),
        new("event_at", SqlValueKind.Integer),
        new("row_id", SqlValueKind.Text),
        new("content", SqlValueKind.Bytes));

    // Committed ids alone: they never change.
    private readonly ConcurrentDictionary<string, long> _viewIds = new(StringComparer.Ordinal);

    public async ValueTask WriteAsync(IReadOnlyList<OnlineWrite> writes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Any(write => write.Rows.Count > 0))
        {
            await database.WriteAsync(Durability.Process, sql => Write(sql, writes), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<IReadOnlyList<IReadOnlyList<OnlineRow>>> ReadAsync(
        IReadOnlyList<OnlineLookup> lookups, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookups);
        return database.ReadAsync<IReadOnlyList<IReadOnlyList<OnlineRow>>>(
            sql =>
            {
                var answers = new IReadOnlyList<OnlineRow>[lookups.Count];
                for (var i = 0; i < answers.Length; i++)
                {
                    answers[i] = Find(sql, lookups[i]);
                }

                return answers;
            },
            cancellationToken);
    }

    public ValueTask<DateTimeOffset?> GetNewestAsync(string view, CancellationToken cancellationToken = default) =>
        database.ReadAsync<DateTimeOffset?>(
            sql => sql.Integer("SELECT newest_at FROM online_views WHERE name = @0", view) is { } ticks
                ? new DateTimeOffset(ticks, TimeSpan.Zero)
                : null,
            cancellationToken);

    public async ValueTask ClearAsync(string view, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        await database.WriteAsync(
            Durability.Process,
            sql =>
            {
                var viewId = ViewId(sql, view);
                sql.Execute("DELETE FROM online_rows WHERE view_id = @0", viewId);

                // The view keeps its id, which other processes may have looked up.
                return sql.Execute("UPDATE online_views SET newest_at = NULL WHERE id = @0", viewId);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private List<OnlineRow> Find(SqlSession sql, in OnlineLookup lookup)
    {
        if (!_viewIds.TryGetValue(lookup.View, out var viewId))
        {
            if (ViewId(sql, lookup.View) is not { } found)
            {
                return [];
            }

            _viewIds[lookup.View] = viewId = found;
        }

        var key = lookup.Key;
        return sql.List(
            lookup.LatestOnly ? Range + " ORDER BY event_at DESC, row_id DESC LIMIT 1" : Range + " ORDER BY event_at, row_id",
            row => new OnlineRow(key, row.Time(0), row.Text(1), FeatureValues.Unpack(row.GetBytes(2))),
            viewId,
            key,
            lookup.After.UtcTicks,
            lookup.UpTo.UtcTicks);
    }

    private static long? ViewId(SqlSession sql, string view) => sql.Integer("SELECT id FROM online_views WHERE name = @0", view);

    private static bool Write(SqlSession sql, IReadOnlyList<OnlineWrite> writes)
    {
        // In one order, so that two writers of the same views never wait for each other.
        foreach (var write in writes.OrderBy(write => write.View, StringComparer.Ordinal))
        {
            if (write.Rows.Count > 0)
            {
                Write(sql, write);
            }
        }

        return true;
    }

    private static void Write(SqlSession sql, OnlineWrite write)
    {
        sql.Execute(
            """
            INSERT INTO online_views (name, newest_at) VALUES (@0, @1)
            ON CONFLICT (name) DO UPDATE SET newest_at = excluded.newest_at
                WHERE online_views.newest_at IS NULL OR excluded.newest_at > online_views.newest_at
            """,
            write.View,
            write.Rows.Max(row => row.EventTime.UtcTicks));
        var viewId = ViewId(sql, write.View);
        var rows = sql.Rows(_rows);
        var newest = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < write.Rows.Count; i++)
        {
            var row = write.Rows[i];
            var ticks = row.EventTime.UtcTicks;
            rows.Add(viewId, row.Key, ticks, row.Id, FeatureValues.Pack(row.Values));
            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(newest, row.Key, out var known);
            last = known ? Math.Max(last, ticks) : ticks;
        }

        rows.Complete();
        foreach (var (key, ticks) in newest)
        {
            if (HashCode.Combine(key, ticks) % TrimEvery == 0)
            {
                Trim(sql, viewId, key, write.Retention.Ticks);
            }
        }
    }

    private static void Trim(SqlSession sql, long? viewId, string key, long retention)
    {
        if (retention == 0)
        {
            // Of several rows of the newest instant the greatest id stands.
            sql.Execute(
                """
                DELETE FROM online_rows WHERE view_id = @0 AND entity_key = @1 AND (event_at, row_id) < (
                    SELECT event_at, row_id FROM online_rows WHERE view_id = @0 AND entity_key = @1 ORDER BY event_at DESC, row_id DESC LIMIT 1)
                """,
                viewId,
                key);
            return;
        }

        sql.Execute(
            """
            DELETE FROM online_rows WHERE view_id = @0 AND entity_key = @1
                AND event_at < (SELECT max(event_at) FROM online_rows WHERE view_id = @0 AND entity_key = @1) - @2
            """,
            viewId,
            key,
            retention);
    }
}
