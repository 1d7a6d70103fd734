using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>Reads the history of a metric within a transaction.</summary>
/// <remarks>
/// Chunks come by their first point. Where none begins before another ends, as in a run whose steps only grow, they are read one after the
/// other, and not at all where drawing needs no more than their extremes. Chunks that overlap are read together and sorted.
/// </remarks>
internal sealed class SqlMetricReader(SqlSession sql, long metric, long fromStep, long toStep)
{
    public static IReadOnlyList<MetricPoint> Read(SqlSession sql, RunId run, string name, MetricHistoryOptions? options)
    {
        if (sql.Integer("SELECT id FROM metrics WHERE run_id = @0 AND name = @1", run.Value, name) is not { } metric)
        {
            return [];
        }

        return new SqlMetricReader(sql, metric, options?.FromStep ?? long.MinValue, options?.ToStep ?? long.MaxValue)
            .Read(options?.MaximumPoints ?? int.MaxValue);
    }

    private IReadOnlyList<MetricPoint> Read(int maximumPoints)
    {
        var pieces = FindChunks();
        try
        {
            AddRows(pieces);
            Count(pieces, out var count, out var hasNaN);
            var downsampler = new MetricDownsampler(count, maximumPoints, hasNaN);
            using var points = new PointList();
            for (var i = 0; i < pieces.Count;)
            {
                var end = EndOfOverlap(pieces, i);
                if (end == i + 1 && pieces[i] is { Held: null, Extremes: { } extremes } && pieces[i].Count <= downsampler.Skippable)
                {
                    downsampler.Skip(pieces[i].Count, extremes);
                }
                else
                {
                    points.Clear();
                    Gather(pieces, i, end, points);
                    Add(downsampler, points.Points);
                }

                i = end;
            }

            return downsampler.Complete();
        }
        finally
        {
            pieces.ForEach(piece => piece.Held?.Dispose());
        }
    }

    /// <summary>Adds points part by part, so that only those which may remain are made into points for callers.</summary>
    private static void Add(MetricDownsampler downsampler, ReadOnlySpan<ChunkPoint> points)
    {
        Span<int> places = stackalloc int[ChunkExtremes.Most];
        Span<(int Offset, MetricPoint Point)> extremes = new (int, MetricPoint)[ChunkExtremes.Most];
        while (points.Length > 0)
        {
            var count = (int)Math.Min(points.Length, downsampler.Skippable);
            if (count == 0)
            {
                downsampler.Add(points[0].Point);
                points = points[1..];
                continue;
            }

            ChunkExtremes.Find(points[..count], places);
            var found = 0;
            foreach (var place in places)
            {
                if (place >= 0)
                {
                    extremes[found++] = (place, points[place].Point);
                }
            }

            downsampler.Skip(count, extremes[..found]);
            points = points[count..];
        }
    }

    private List<Piece> FindChunks() => sql.List(
        """
        SELECT sequence, point_count, first_step, first_at, last_step, last_at, extremes FROM metric_chunks
        WHERE metric_id = @0 AND last_step >= @1 AND first_step <= @2
        """,
        row => new Piece
        {
            Sequence = row.GetInt64(0),
            Count = row.GetInt32(1),
            First = (row.GetInt64(2), row.GetInt64(3)),
            Last = (row.GetInt64(4), row.GetInt64(5)),
            Extremes = row.IsNull(6) ? null : ChunkExtremes.Read(row.GetBytes(6), row.GetInt32(1)),
        },
        metric,
        fromStep,
        toStep);

    /// <summary>Points that versions before chunks wrote.</summary>
    private void AddRows(List<Piece> pieces)
    {
        PointList? held = null;
        sql.List(
            """
            SELECT step, recorded_at, sequence, value FROM metric_points WHERE metric_id = @0 AND step >= @1 AND step <= @2
            ORDER BY step, recorded_at, sequence
            """,
            row =>
            {
                held ??= new PointList();
                held.Add(new ChunkPoint(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.Number(3)));
                return true;
            },
            metric,
            fromStep,
            toStep);
        if (held is not null)
        {
            pieces.Add(new Piece { Sequence = -1, Held = held });
        }
    }

    /// <summary>
    /// Counts the points in the range, for which pieces that it cuts, or that hold few points, are read now; sorts the pieces.
    /// </summary>
    private void Count(List<Piece> pieces, out long count, out bool hasNaN)
    {
        (count, hasNaN) = (0, false);
        foreach (var piece in pieces)
        {
            if (piece.Held is null && (piece.Extremes is null || piece.First.Step < fromStep || piece.Last.Step > toStep))
            {
                piece.Held = new PointList();
                ReadChunk(piece, piece.Held);
                piece.Held.Keep(fromStep, toStep);
            }

            if (piece.Held is { } held)
            {
                piece.Count = held.Count;
                foreach (ref readonly var point in held.Points)
                {
                    hasNaN |= double.IsNaN(point.Value);
                }

                if (held.Count > 0)
                {
                    piece.First = (held.Points[0].Step, held.Points[0].Ticks);
                    piece.Last = (held.Points[^1].Step, held.Points[^1].Ticks);
                }
            }
            else
            {
                hasNaN |= Array.Exists(piece.Extremes!, extreme => double.IsNaN(extreme.Point.Value));
            }

            count += piece.Count;
        }

        pieces.FindAll(piece => piece.Count == 0).ForEach(piece => piece.Held!.Dispose());
        pieces.RemoveAll(piece => piece.Count == 0);
        pieces.Sort((left, right) =>
            left.First != right.First ? left.First.CompareTo(right.First) : left.Sequence.CompareTo(right.Sequence));
    }

    private static int EndOfOverlap(List<Piece> pieces, int start)
    {
        var last = pieces[start].Last;
        var end = start + 1;
        for (; end < pieces.Count && pieces[end].First.CompareTo(last) <= 0; end++)
        {
            last = pieces[end].Last.CompareTo(last) > 0 ? pieces[end].Last : last;
        }

        return end;
    }

    private void Gather(List<Piece> pieces, int start, int end, PointList points)
    {
        for (var i = start; i < end; i++)
        {
            if (pieces[i].Held is { } held)
            {
                held.Points.CopyTo(points.Extend(held.Count));
            }
            else
            {
                ReadChunk(pieces[i], points);
            }
        }

        if (end > start + 1)
        {
            points.Sort();
        }
    }

    private void ReadChunk(Piece piece, PointList points)
    {
        var before = points.Count;
        sql.List(
            "SELECT content FROM metric_chunks WHERE metric_id = @0 AND sequence = @1",
            row =>
            {
                ChunkFaults.Read(metric, piece.Sequence, row.GetBytes(0), points);
                return true;
            },
            metric,
            piece.Sequence);
        if (points.Count - before != piece.Count)
        {
            throw ChunkFaults.Damaged(metric, piece.Sequence, "it holds another number of points than was written down beside it", null);
        }
    }

    /// <summary>A chunk, or the rows together.</summary>
    private sealed class Piece
    {
        public required long Sequence { get; init; }

        public int Count { get; set; }

        public (long Step, long Ticks) First { get; set; }

        public (long Step, long Ticks) Last { get; set; }

        public (int Offset, MetricPoint Point)[]? Extremes { get; init; }

        /// <summary>Its points, where they have been read already.</summary>
        public PointList? Held { get; set; }
    }
}
