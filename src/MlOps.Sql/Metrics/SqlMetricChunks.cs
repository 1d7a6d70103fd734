namespace MlOps.Sql;

/// <summary>Writes points of a metric as chunks within a transaction.</summary>
/// <remarks>
/// Every batch becomes chunks at once, in the same transaction; there is no job behind the scenes. So that small batches do not stay
/// small chunks, a new one takes in the last of the metric while that holds no more points than itself, as a binary counter carries: a
/// metric has at most one small chunk of each order of magnitude, and a point is packed again some ten times until its chunk is large
/// enough to stay.
/// </remarks>
internal static class SqlMetricChunks
{
    /// <summary>Chunks of so many points are never touched again.</summary>
    private const int SettledCount = MetricChunk.MaximumCount / 2;

    // Smaller ones are read faster than their extremes would be.
    private const int LeastWithExtremes = 128;

    /// <summary>Appends points, which it sorts.</summary>
    public static void Append(SqlSession sql, long metric, PointList points)
    {
        while (TakeLast(sql, metric, points) is { } sequence)
        {
            sql.Execute("DELETE FROM metric_chunks WHERE metric_id = @0 AND sequence = @1", metric, sequence);
        }

        points.Sort();
        var chunks = (points.Count + MetricChunk.MaximumCount - 1) / MetricChunk.MaximumCount;
        var start = 0;
        for (var i = 1; i <= chunks; i++)
        {
            var end = (int)((long)points.Count * i / chunks);
            Insert(sql, metric, points.Points[start..end]);
            start = end;
        }
    }

    /// <summary>Puts the last chunk before the points and gives its name, where it is small beside them.</summary>
    private static long? TakeLast(SqlSession sql, long metric, PointList points)
    {
        using var earlier = new PointList();
        var taken = sql.List<long?>(
            "SELECT sequence, point_count, content FROM metric_chunks WHERE metric_id = @0 ORDER BY sequence DESC LIMIT 1",
            row =>
            {
                var count = row.GetInt32(1);
                if (count >= SettledCount || count > points.Count)
                {
                    return null;
                }

                ChunkFaults.Read(metric, row.GetInt64(0), row.GetBytes(2), earlier);
                return row.GetInt64(0);
            },
            metric);
        points.Prepend(earlier.Points);
        return taken.Count == 0 ? null : taken[0];
    }

    private static void Insert(SqlSession sql, long metric, ReadOnlySpan<ChunkPoint> points)
    {
        var least = points[0].Sequence;
        foreach (ref readonly var point in points)
        {
            least = Math.Min(least, point.Sequence);
        }

        sql.Execute(
            """
            INSERT INTO metric_chunks (metric_id, sequence, point_count, first_step, first_at, last_step, last_at, extremes, content)
            VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8)
            """,
            metric,
            least,
            points.Length,
            points[0].Step,
            points[0].Ticks,
            points[^1].Step,
            points[^1].Ticks,
            points.Length < LeastWithExtremes ? default(SqlValue) : ChunkExtremes.Write(points),
            MetricChunk.Write(points));
    }
}
