using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>Reads found runs with their values, many with one statement.</summary>
internal static class SqlRunSummaries
{
    private const int Batch = 500;

    public static IReadOnlyList<RunSummary> Read(SqlSession sql, IReadOnlyList<RunId> runs)
    {
        var found = new List<RunSummary>(runs.Count);
        foreach (var ids in runs.Chunk(Batch))
        {
            var rows = ReadBatch(sql, ids);
            found.AddRange(ids.Select(id => rows[id.Value]));
        }

        return found;
    }

    private static Dictionary<string, RunSummary> ReadBatch(SqlSession sql, RunId[] ids)
    {
        var parameters = new SqlParameters();
        var list = parameters.AddList(ids.Select(id => id.Value));
        var values = ids.ToDictionary(id => id.Value, _ => new Values(), StringComparer.Ordinal);
        sql.ListOnce(
            $"SELECT run_id, kind, name, value FROM run_values WHERE run_id IN ({list})",
            row => values[row.Text(0)].Of((RunEventKind)row.GetInt32(1))[row.Text(2)] = row.Text(3),
            parameters.Values);
        sql.ListOnce(
            $"SELECT run_id, name, latest_step, latest_value, latest_at FROM metrics WHERE run_id IN ({list})",
            row => values[row.Text(0)].Metrics[row.Text(1)] = new MetricPoint(row.GetInt64(2), row.Number(3), row.Time(4)),
            parameters.Values);
        return sql.ListOnce($"SELECT {SqlRunRows.Columns} FROM runs WHERE id IN ({list})", SqlRunRows.Info, parameters.Values)
            .ToDictionary(info => info.Id.Value, info => values[info.Id.Value].ToSummary(info), StringComparer.Ordinal);
    }

    private sealed class Values
    {
        private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);

        public Dictionary<string, MetricPoint> Metrics { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Of(RunEventKind kind) => kind switch
        {
            RunEventKind.Parameter => _parameters,
            RunEventKind.Tag => _tags,
            _ => _inputs,
        };

        public RunSummary ToSummary(RunInfo info) => new()
        {
            Info = info,
            Parameters = _parameters,
            Metrics = Metrics,
            Tags = _tags,
            Inputs = _inputs,
        };
    }
}
