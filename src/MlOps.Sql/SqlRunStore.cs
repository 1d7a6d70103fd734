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
                RunSequence.ThrowIfSuperseded(run, sequence, count);
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
                    update.Status is null
                        ? """
                          UPDATE runs SET status = coalesce(@1, status), ended_at = coalesce(@2, ended_at),
                              heartbeat_at = coalesce(@3, heartbeat_at), failure = coalesce(@4, failure)
                          WHERE id = @0
                          """
                        : "UPDATE runs SET status = @1, ended_at = @2, heartbeat_at = coalesce(@3, heartbeat_at), failure = @4 WHERE id = @0",
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

    public async Task<long?> ResumeAsync(RunInfo found, RunInfo resumed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(resumed);
        return await database.WriteAsync(
            Durability.Full,
            sql =>
            {
                var count = sql.Integer("SELECT event_count FROM runs WHERE id = @0", found.Id.Value) ?? throw NotFound(found.Id);
                var next = RunSequence.AfterResume(count);
                var changed = sql.Execute(
                    """
                    UPDATE runs SET status = @3, ended_at = NULL, failure = NULL, heartbeat_at = @4, host = @5, process_id = @6,
                        process_start = @7, event_count = @8
                    WHERE id = @0 AND status = @1 AND heartbeat_at = @2
                    """,
                    found.Id.Value,
                    (int)found.Status,
                    found.HeartbeatAt.UtcTicks,
                    (int)resumed.Status,
                    resumed.HeartbeatAt.UtcTicks,
                    resumed.Host,
                    resumed.ProcessId,
                    resumed.ProcessStart,
                    next);
                return changed == 0 ? (long?)null : next;
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
