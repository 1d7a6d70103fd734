using System.Runtime.InteropServices;
using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>Writes the events of a run within a transaction.</summary>
internal static class SqlRunEvents
{
    public static void Append(SqlSession sql, RunId run, long sequence, ReadOnlySpan<RunEvent> events)
    {
        var metrics = new Dictionary<string, PointList>(StringComparer.Ordinal);
        try
        {
            string? name = null;
            PointList points = null!;
            for (var i = 0; i < events.Length; i++)
            {
                ref readonly var item = ref events[i];
                if (item.Kind != RunEventKind.Metric)
                {
                    WriteValue(sql, run, item);
                    continue;
                }

                if (!ReferenceEquals(item.Name, name))
                {
                    name = item.Name;
                    ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(metrics, name, out _);
                    points = found ??= new PointList();
                }

                points.Add(new ChunkPoint(item.Step, item.Timestamp.UtcTicks, sequence + i, item.Number));
            }

            foreach (var (metric, added) in metrics)
            {
                AppendPoints(sql, run, metric, added);
            }
        }
        finally
        {
            foreach (var list in metrics.Values)
            {
                list.Dispose();
            }
        }

        sql.Execute("UPDATE runs SET event_count = @1 WHERE id = @0", run.Value, sequence + events.Length);
    }

    private static void AppendPoints(SqlSession sql, RunId run, string metric, PointList points)
    {
        points.Sort();
        var first = points.Points[0].Point;
        var batch = new SqlMetricBatch(MetricId(sql, run, first, metric), first);
        foreach (ref readonly var point in points.Points)
        {
            batch.Add(point.Point);
        }

        batch.Write(sql);
        SqlMetricChunks.Append(sql, batch.Id, points);
    }

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
                INSERT INTO run_values (run_id, kind, name, value, number) VALUES (@0, @1, @2, @3, @4)
                ON CONFLICT (run_id, kind, name) DO UPDATE SET value = excluded.value, number = excluded.number
                """,
                run.Value,
                (int)item.Kind,
                item.Name,
                item.Text,
                Number(item));
            if (item.Kind == RunEventKind.Input)
            {
                WriteDataset(sql, run, RunInput.Parse(item.Name, item.Text!));
            }

            return;
        }

        var added = sql.Execute(
            """
            INSERT INTO run_values (run_id, kind, name, value, number) VALUES (@0, @1, @2, @3, @4)
            ON CONFLICT (run_id, kind, name) DO NOTHING
            """,
            run.Value,
            (int)item.Kind,
            item.Name,
            item.Text,
            Number(item));
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

    // NaN is stored as NULL.
    private static double Number(in RunEvent item) =>
        item.Kind != RunEventKind.Input && RunNumber.TryParse(item.Text!, out var number) ? number : double.NaN;

    private static void WriteDataset(SqlSession sql, RunId run, RunInput input) =>
        sql.Execute(
            """
            INSERT INTO run_datasets (run_id, context, name, digest) VALUES (@0, @1, @2, @3)
            ON CONFLICT (run_id, context) DO UPDATE SET name = excluded.name, digest = excluded.digest
            """,
            run.Value,
            input.Role,
            input.Name,
            input.Digest);
}
