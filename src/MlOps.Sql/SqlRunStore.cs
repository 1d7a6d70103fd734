using System.Text.Json;
using MlOps.Tracking;

namespace MlOps.Sql;

internal sealed class SqlRunStore(SqlDatabase database) : IRunStore, IRunReader
{
    public async Task CreateAsync(RunInfo run, RunSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(snapshot);
        await database.WriteAsync(
            Durability.Full,
            sql => sql.Execute(
                """
                INSERT INTO runs (
                    id, experiment, name, status, started_at, ended_at, heartbeat_at, parent, failure, host, process_id, process_start, snapshot)
                VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12) ON CONFLICT (id) DO NOTHING
                """,
                run.Id.Value,
                run.Experiment,
                run.Name,
                (int)run.Status,
                run.StartedAt.UtcTicks,
                run.EndedAt?.UtcTicks,
                run.HeartbeatAt.UtcTicks,
                run.Parent?.Value,
                run.Failure,
                run.Host,
                run.ProcessId,
                run.ProcessStart,
                JsonSerializer.Serialize(snapshot, StoreJson.Default.RunSnapshot)),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task AppendAsync(RunId run, long sequence, ReadOnlyMemory<RunEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        await database.WriteAsync(
            Durability.Full,
            sql =>
            {
                var count = sql.Integer("SELECT event_count FROM runs WHERE id = @0" + sql.ForUpdate, run.Value) ?? throw NotFound(run);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, count);
                if (sequence + events.Length > count)
                {
                    SqlRunEvents.Append(sql, run, count, events.Span[(int)(count - sequence)..]);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task UpdateAsync(RunId run, RunUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        await database.WriteAsync(
            Durability.Full,
            sql =>
            {
                var changed = sql.Execute(
                    """
                    UPDATE runs SET status = coalesce(@1, status), ended_at = coalesce(@2, ended_at),
                        heartbeat_at = coalesce(@3, heartbeat_at), failure = coalesce(@4, failure)
                    WHERE id = @0
                    """,
                    run.Value,
                    (int?)update.Status,
                    update.EndedAt?.UtcTicks,
                    update.HeartbeatAt?.UtcTicks,
                    update.Failure);
                if (changed == 0)
                {
                    throw NotFound(run);
                }

                if (update.Artifact is { } file)
                {
                    sql.Execute(
                        """
                        INSERT INTO run_artifacts (run_id, path, hash, length) VALUES (@0, @1, @2, @3)
                        ON CONFLICT (run_id, path) DO UPDATE SET hash = excluded.hash, length = excluded.length
                        """,
                        run.Value,
                        file.Path,
                        file.Hash.Value,
                        file.Length);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<RunDetails?> FindAsync(RunId run, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(sql => SqlRunRows.Find(sql, run), cancellationToken).ConfigureAwait(false);

    public async Task<RunPage> QueryAsync(RunQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var search = new SqlRunSearch(query, database.Dialect);
        return await database.ReadAsync(search.Read, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<MetricPoint>> ReadHistoryAsync(
        RunId run, string metric, MetricHistoryOptions? options = null, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(sql => SqlMetricReader.Read(sql, run, metric, options), cancellationToken).ConfigureAwait(false);

    private static MlOpsException NotFound(RunId run) =>
        new(ErrorCodes.RunNotFound, $"The store has no run '{run}'; create it before writing to it, or check the id.");
}
