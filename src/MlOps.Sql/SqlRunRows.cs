using System.Text.Json;
using MlOps.Storage;
using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>Reads runs out of their tables.</summary>
internal static class SqlRunRows
{
    public const string Columns = "id, experiment, name, status, started_at, ended_at, heartbeat_at, parent, failure, host, process_id, process_start";

    public static RunInfo Info(SqlStatement row) => new()
    {
        Id = new RunId(row.Text(0)),
        Experiment = row.Text(1),
        Name = row.Text(2),
        Status = (RunStatus)row.GetInt32(3),
        StartedAt = row.Time(4),
        EndedAt = row.TimeOrNull(5),
        HeartbeatAt = row.Time(6),
        Parent = row.TextOrNull(7) is { } parent ? new RunId(parent) : null,
        Failure = row.TextOrNull(8),
        Host = row.Text(9),
        ProcessId = row.GetInt32(10),
        ProcessStart = row.TextOrNull(11),
    };

    public static RunDetails? Find(SqlSession sql, RunId run)
    {
        const string Select = $"SELECT {Columns}, snapshot FROM runs";
        var found = sql.List(Select + " WHERE id = @0", WithSnapshot, run.Value);
        if (found.Count == 0 && run.Value.Length >= 6)
        {
            found = sql.List(Select + " WHERE substr(id, length(id) - length(@0) + 1) = @0 LIMIT 2", WithSnapshot, run.Value);
        }

        if (found.Count != 1)
        {
            return null;
        }

        var (info, snapshot) = found[0];
        var values = sql.List(
            "SELECT kind, name, value FROM run_values WHERE run_id = @0",
            row => (Kind: (RunEventKind)row.GetInt32(0), Name: row.Text(1), Value: row.Text(2)),
            info.Id.Value);
        return new RunDetails
        {
            Info = info,
            Snapshot = snapshot,
            Parameters = Of(RunEventKind.Parameter),
            Tags = Of(RunEventKind.Tag),
            Inputs = Of(RunEventKind.Input),
            Metrics = sql.List(
                "SELECT name, latest_step, latest_value, latest_at FROM metrics WHERE run_id = @0",
                row => (Name: row.Text(0), Point: new MetricPoint(row.GetInt64(1), row.Number(2), row.Time(3))),
                info.Id.Value).ToDictionary(metric => metric.Name, metric => metric.Point, StringComparer.Ordinal),
            Artifacts = sql.List(
                "SELECT path, hash, length FROM run_artifacts WHERE run_id = @0 ORDER BY path",
                row => new StoredFile { Path = row.Text(0), Hash = ContentHash.Parse(row.Text(1)), Length = row.GetInt64(2) },
                info.Id.Value),
        };

        Dictionary<string, string> Of(RunEventKind kind) =>
            values.Where(value => value.Kind == kind).ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
    }

    private static (RunInfo Info, RunSnapshot Snapshot) WithSnapshot(SqlStatement row) =>
        (Info(row), JsonSerializer.Deserialize(row.Text(12), StoreJson.Default.RunSnapshot)!);
}
