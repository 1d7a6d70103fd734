using System.Text.Json;
using MlOps.Pipelines;
using MlOps.Storage;

namespace MlOps.Sql;

internal sealed class SqlPipelineStore(SqlDatabase database) : IPipelineStore
{
    public async Task SaveRunAsync(PipelineRunInfo run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        await database.WriteAsync(
            Durability.Full,
            sql => sql.Execute(
                """
                INSERT INTO pipeline_runs (id, pipeline, started_at, ended_at, succeeded, failure) VALUES (@0, @1, @2, @3, @4, @5)
                ON CONFLICT (id) DO UPDATE SET pipeline = excluded.pipeline, started_at = excluded.started_at,
                    ended_at = excluded.ended_at, succeeded = excluded.succeeded, failure = excluded.failure
                """,
                run.Id,
                run.Pipeline,
                run.StartedAt.UtcTicks,
                run.EndedAt?.UtcTicks,
                run.Succeeded is { } succeeded ? (succeeded ? 1 : 0) : default(SqlValue),
                run.Failure),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> PublishAsync(StepRecord step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return await database.WriteAsync(
            Durability.Full,
            sql => sql.Execute(
                """
                INSERT INTO pipeline_steps (run_id, step, outcome, cache_key, document) VALUES (@0, @1, @2, @3, @4)
                ON CONFLICT (run_id, step) DO NOTHING
                """,
                step.RunId,
                step.Step,
                (int)step.Outcome,
                step.Key.Value,
                JsonSerializer.Serialize(step, StoreJson.Default.StepRecord)) == 1,
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<StepRecord?> FindCachedAsync(ContentHash key, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            sql => sql.String(
                "SELECT document FROM pipeline_steps WHERE cache_key = @0 AND outcome <> @1 ORDER BY id DESC LIMIT 1",
                key.Value,
                (int)StepOutcome.Failed) is { } document
                    ? JsonSerializer.Deserialize(document, StoreJson.Default.StepRecord)
                    : null,
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<PipelineRunInfo>> ListRunsAsync(
        string? pipeline = null, int limit = 100, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            sql => sql.List(
                """
                SELECT id, pipeline, started_at, ended_at, succeeded, failure FROM pipeline_runs
                WHERE CAST(@0 AS TEXT) IS NULL OR pipeline = @0 ORDER BY id DESC LIMIT @1
                """,
                row => new PipelineRunInfo
                {
                    Id = row.Text(0),
                    Pipeline = row.Text(1),
                    StartedAt = row.Time(2),
                    EndedAt = row.TimeOrNull(3),
                    Succeeded = row.IsNull(4) ? null : row.GetInt32(4) == 1,
                    Failure = row.TextOrNull(5),
                },
                pipeline,
                limit),
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<StepRecord>> ListStepsAsync(string runId, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            sql => sql.List(
                "SELECT document FROM pipeline_steps WHERE run_id = @0 ORDER BY id",
                row => JsonSerializer.Deserialize(row.Text(0), StoreJson.Default.StepRecord)!,
                runId),
            cancellationToken).ConfigureAwait(false);
}
