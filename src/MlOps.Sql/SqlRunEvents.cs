using System.Runtime.InteropServices;
using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>Writes the events of a run within a transaction.</summary>
internal static class SqlRunEvents
{
    private static readonly SqlInsert _points = new(
        "metric_points",
        SqlDuplicates.Refused,
        keyColumns: 4,
        new("metric_id", SqlValueKind.Integer),
        new("step", SqlValueKind.Integer),
        new("recorded_at", SqlValueKind.Integer),
        new("sequence", SqlValueKind.Integer),
        new("value", SqlValueKind.Real));

    public static void Append(SqlSession sql, RunId run, long sequence, ReadOnlySpan<RunEvent> events)
    {
        var latest = new Dictionary<string, (long Id, MetricPoint Point)>(StringComparer.Ordinal);
        var points = sql.Rows(_points);
        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var item = ref events[i];
            if (item.Kind != RunEventKind.Metric)
            {
                WriteValue(sql, run, item);
                continue;
            }

            var next = new MetricPoint(item.Step, item.Number, item.Timestamp);
            ref var metric = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, item.Name, out var known);
            if (!known)
            {
                metric = (MetricId(sql, run, next, item.Name), next);
            }
            else if (!IsLater(metric.Point, next))
            {
                metric.Point = next;
            }

            points.Add(metric.Id, item.Step, item.Timestamp.UtcTicks, sequence + i, item.Number);
        }

        points.Complete();
        foreach (var (id, last) in latest.Values)
        {
            sql.Execute(
                """
                UPDATE metrics SET latest_step = @1, latest_at = @2, latest_value = @3
                WHERE id = @0 AND (latest_step < @1 OR (latest_step = @1 AND latest_at <= @2))
                """,
                id,
                last.Step,
                last.Timestamp.UtcTicks,
                last.Value);
        }

        sql.Execute("UPDATE runs SET event_count = @1 WHERE id = @0", run.Value, sequence + events.Length);
    }

    private static bool IsLater(MetricPoint left, MetricPoint right) =>
        left.Step != right.Step ? left.Step > right.Step : left.Timestamp > right.Timestamp;

    private static long MetricId(SqlSession sql, RunId run, MetricPoint first, string name)
    {
        const string Select = "SELECT id FROM metrics WHERE run_id = @0 AND name = @1";
        if (sql.Integer(Select, run.Value, name) is { } found)
        {
            return found;
        }

        sql.Execute(
            "INSERT INTO metrics (run_id, name, latest_step, latest_at, latest_value) VALUES (@0, @1, @2, @3, @4)",
            run.Value,
            name,
            first.Step,
            first.Timestamp.UtcTicks,
            first.Value);
        return sql.Integer(Select, run.Value, name)!.Value;
    }

    private static void WriteValue(SqlSession sql, RunId run, in RunEvent item)
    {
        if (item.Kind != RunEventKind.Parameter)
        {
            sql.Execute(
                """
                INSERT INTO run_values (run_id, kind, name, value) VALUES (@0, @1, @2, @3)
                ON CONFLICT (run_id, kind, name) DO UPDATE SET value = excluded.value
                """,
                run.Value,
                (int)item.Kind,
                item.Name,
                item.Text);
            return;
        }

        var added = sql.Execute(
            "INSERT INTO run_values (run_id, kind, name, value) VALUES (@0, @1, @2, @3) ON CONFLICT (run_id, kind, name) DO NOTHING",
            run.Value,
            (int)item.Kind,
            item.Name,
            item.Text);
        if (added == 0
            && sql.String("SELECT value FROM run_values WHERE run_id = @0 AND kind = @1 AND name = @2", run.Value, (int)item.Kind, item.Name)
                is { } old
            && !string.Equals(old, item.Text, StringComparison.Ordinal))
        {
            throw new MlOpsException(
                ErrorCodes.ParameterChanged,
                $"Run {run} has the parameter '{item.Name}' = '{old}'; '{item.Text}' was refused. Start another run, or use a tag.");
        }
    }
}
