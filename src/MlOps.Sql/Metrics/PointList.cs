using System.Buffers;

namespace MlOps.Sql;

/// <summary>
/// A growing list of points in rented memory: batches of a busy run would otherwise leave a megabyte each to the collector.
/// </summary>
internal sealed class PointList : IDisposable
{
    private ChunkPoint[] _points = [];

    public int Count { get; private set; }

    public Span<ChunkPoint> Points => _points.AsSpan(0, Count);

    public void Add(in ChunkPoint point) => Extend(1)[0] = point;

    /// <summary>Makes room for more points at the end, which the caller fills.</summary>
    public Span<ChunkPoint> Extend(int count)
    {
        var length = Count + count;
        if (length > _points.Length)
        {
            var larger = ArrayPool<ChunkPoint>.Shared.Rent(Math.Max(length, 2 * _points.Length));
            Points.CopyTo(larger);
            Return();
            _points = larger;
        }

        Count = length;
        return _points.AsSpan(length - count, count);
    }

    public void Prepend(ReadOnlySpan<ChunkPoint> points)
    {
        var count = Count;
        Extend(points.Length);
        Points[..count].CopyTo(Points[points.Length..]);
        points.CopyTo(Points);
    }

    /// <summary>Sorts them; one look at each where they are in order already, as those of most runs are.</summary>
    public void Sort()
    {
        for (var i = 1; i < Count; i++)
        {
            if (_points[i - 1].CompareTo(_points[i]) > 0)
            {
                Points.Sort();
                return;
            }
        }
    }

    /// <summary>Leaves those points with a step in a range.</summary>
    public void Keep(long fromStep, long toStep)
    {
        var kept = 0;
        foreach (ref readonly var point in Points)
        {
            if (point.Step >= fromStep && point.Step <= toStep)
            {
                _points[kept++] = point;
            }
        }

        Count = kept;
    }

    public void Clear() => Count = 0;

    public void Dispose()
    {
        Return();
        _points = [];
        Count = 0;
    }

    private void Return()
    {
        if (_points.Length > 0)
        {
            ArrayPool<ChunkPoint>.Shared.Return(_points);
        }
    }
}
