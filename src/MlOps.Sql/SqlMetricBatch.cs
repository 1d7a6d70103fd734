using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>What a batch of points changes in the row of its metric.</summary>
internal struct SqlMetricBatch(long id, MetricPoint point)
{
    private MetricPoint _first = point;
    private MetricPoint _latest = point;
    private double _min = double.NaN;
    private double _max = double.NaN;
    private long _count;

    public readonly long Id => id;

    public void Add(in MetricPoint point)
    {
        _count++;
        if (!IsEarlier(point, _latest))
        {
            _latest = point;
        }

        if (IsEarlier(point, _first))
        {
            _first = point;
        }

        // A comparison with NaN is false: the first number replaces it, and a later NaN replaces nothing.
        if (!(point.Value >= _min))
        {
            _min = double.IsNaN(point.Value) ? _min : point.Value;
        }

        if (!(point.Value <= _max))
        {
            _max = double.IsNaN(point.Value) ? _max : point.Value;
        }
    }

    public readonly void Write(SqlSession sql)
    {
        sql.Execute(
            """
            UPDATE metrics SET latest_step = @1, latest_at = @2, latest_value = @3
            WHERE id = @0 AND (latest_step < @1 OR (latest_step = @1 AND latest_at <= @2))
            """,
            id,
            _latest.Step,
            _latest.Timestamp.UtcTicks,
            _latest.Value);
        sql.Execute(
            """
            UPDATE metrics SET first_step = @1, first_at = @2, first_value = @3
            WHERE id = @0 AND (point_count = 0 OR first_step > @1 OR (first_step = @1 AND first_at > @2))
            """,
            id,
            _first.Step,
            _first.Timestamp.UtcTicks,
            _first.Value);
        sql.Execute(
            """
            UPDATE metrics SET point_count = point_count + @1,
                min_value = CASE WHEN @2 < min_value OR min_value IS NULL THEN @2 ELSE min_value END,
                max_value = CASE WHEN @3 > max_value OR max_value IS NULL THEN @3 ELSE max_value END
            WHERE id = @0
            """,
            id,
            _count,
            _min,
            _max);
    }

    private static bool IsEarlier(in MetricPoint left, in MetricPoint right) =>
        left.Step != right.Step ? left.Step < right.Step : left.Timestamp < right.Timestamp;
}
