using MlOps.Data;

namespace MlOps.Sql;

internal sealed class SqlMetricHistory(SqlDatabase database) : IMetricHistory
{
    public async Task AppendAsync(IReadOnlyList<MetricHistoryPoint> points, CancellationToken cancellationToken = default)
    {
        MetricHistoryPoints.Require(points);
        await database.WriteAsync(
            Durability.Full,
            sql =>
            {
                foreach (var point in points)
                {
                    sql.Execute(
                        "INSERT INTO metric_history (series, at, value, reference) VALUES (@0, @1, @2, @3)",
                        point.Series,
                        point.Time.UtcTicks,
                        point.Value,
                        point.Reference);
                }

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
