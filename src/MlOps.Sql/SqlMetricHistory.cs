using MlOps.Data;

namespace MlOps.Sql;

internal sealed class SqlMetricHistory(SqlDatabase database) : IMetricHistory
{
    private static readonly SqlInsert _points = new(
        "metric_history",
        SqlDuplicates.Refused,
        keyColumns: 0,
        new("series", SqlValueKind.Text),
        new("at", SqlValueKind.Integer),
        new("value", SqlValueKind.Real),
        new("reference", SqlValueKind.Text));

    public async Task AppendAsync(IReadOnlyList<MetricHistoryPoint> points, CancellationToken cancellationToken = default)
    {
        MetricHistoryPoints.Require(points);
        await database.WriteAsync(
            Durability.Full,
            sql =>
            {
                var rows = sql.Rows(_points);
                foreach (var point in points)
                {
                    rows.Add(point.Series, point.Time.UtcTicks, point.Value, point.Reference);
                }

                rows.Complete();
                return points.Count;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<MetricHistoryPoint>> ReadAsync(string series, int count, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var latest = await database.ReadAsync(
            sql => sql.List(
                "SELECT at, value, reference FROM metric_history WHERE series = @0 ORDER BY at DESC, id DESC LIMIT @1",
                row => new MetricHistoryPoint { Series = series, Time = row.Time(0), Value = row.Number(1), Reference = row.TextOrNull(2) },
                series,
                count),
            cancellationToken).ConfigureAwait(false);
        latest.Reverse();
        return latest;
    }
}
