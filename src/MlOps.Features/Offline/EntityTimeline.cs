using MlOps.Features.Columns;

namespace MlOps.Features.Offline;

/// <summary>A source's rows by entity, each entity's by event time, then by when they became known, then in source order.</summary>
internal sealed class EntityTimeline
{
    private readonly EntityKeys _keys;
    private readonly int[] _starts;

    public EntityTimeline(FeatureView view, ColumnTable source)
    {
        var timestamp = source[view.Timestamp];
        timestamp.RequireKind(timestamp.Kind == FeatureValueKind.Time, $"the view '{view.Name}' needs an instant as its timestamp");
        var created = view.CreatedColumn is { } column ? source[column] : null;
        created?.RequireKind(created.Kind == FeatureValueKind.Time, $"the view '{view.Name}' needs an instant as its created column");
        _keys = new EntityKeys(source, view.Entity);
        (_starts, Rows) = GroupByEntity(_keys, timestamp);
        Times = new long[Rows.Length];
        for (var position = 0; position < Rows.Length; position++)
        {
            Times[position] = timestamp.Ticks[Rows[position]];
        }

        SortByTime(created);
        if (created is { Kind: FeatureValueKind.Time })
        {
            Created = new long[Rows.Length];
            for (var position = 0; position < Rows.Length; position++)
            {
                Created[position] = CreatedAt(created, Rows[position], Times[position]);
            }
        }

        if (view.IdColumn is { } id)
        {
            Newer = FindNewerVersions(source[id]);
        }
    }

    /// <summary>The source row at each position.</summary>
    public int[] Rows { get; }

    /// <summary>The event time, in UTC ticks, at each position.</summary>
    public long[] Times { get; }

    /// <summary>When the row at each position became known; null when the source does not say. A row that does not say was known at its event time.</summary>
    public long[]? Created { get; }

    /// <summary>The position of the row that corrects the one at each position, negative for none; null when rows have no id.</summary>
    public int[]? Newer { get; }

    public int[] Map(ColumnTable spine, IReadOnlyList<string> entity) => _keys.Map(spine, entity);

    /// <summary>The positions of an entity's rows.</summary>
    public (int Start, int End) Of(int entity) => entity < 0 ? (0, 0) : (_starts[entity], _starts[entity + 1]);

    /// <summary>The first position in a range whose time is after the instant.</summary>
    public int After(long ticks, int start, int end)
    {
        while (start < end)
        {
            var middle = (int)(((uint)start + (uint)end) >> 1);
            if (Times[middle] <= ticks)
            {
                start = middle + 1;
            }
            else
            {
                end = middle;
            }
        }

        return start;
    }

    // A counting sort: stable, so that source order survives within an entity.
    private static (int[] Starts, int[] Rows) GroupByEntity(EntityKeys keys, SourceColumn timestamp)
    {
        var starts = new int[keys.Count + 1];
        for (var row = 0; row < keys.Codes.Length; row++)
        {
            if (keys.Codes[row] >= 0 && !timestamp.IsMissing(row))
            {
                starts[keys.Codes[row] + 1]++;
            }
        }

        for (var entity = 0; entity < keys.Count; entity++)
        {
            starts[entity + 1] += starts[entity];
        }

        var rows = new int[starts[^1]];
        var next = starts.AsSpan(0, keys.Count).ToArray();
        for (var row = 0; row < keys.Codes.Length; row++)
        {
            if (keys.Codes[row] >= 0 && !timestamp.IsMissing(row))
            {
                rows[next[keys.Codes[row]]++] = row;
            }
        }

        return (starts, rows);
    }

    private static long CreatedAt(SourceColumn created, int row, long time) => created.IsMissing(row) ? time : created.Ticks[row];

    private void SortByTime(SourceColumn? created)
    {
        for (var entity = 0; entity < _keys.Count; entity++)
        {
            var (start, end) = Of(entity);
            if (!IsSorted(Times.AsSpan(start, end - start)))
            {
                Array.Sort(Times, Rows, start, end - start);
            }

            for (var first = start; first < end;)
            {
                var last = first + 1;
                while (last < end && Times[last] == Times[first])
                {
                    last++;
                }

                if (last - first > 1)
                {
                    SortTies(first, last, created);
                }

                first = last;
            }
        }
    }

    private void SortTies(int first, int last, SourceColumn? created)
    {
        var ties = Rows.AsSpan(first, last - first);
        ties.Sort();
        if (created is { Kind: FeatureValueKind.Time })
        {
            var time = Times[first];
            ties.Sort((left, right) => (CreatedAt(created, left, time), left).CompareTo((CreatedAt(created, right, time), right)));
        }
    }

    private static bool IsSorted(ReadOnlySpan<long> times)
    {
        for (var index = 1; index < times.Length; index++)
        {
            if (times[index] < times[index - 1])
            {
                return false;
            }
        }

        return true;
    }

    private int[] FindNewerVersions(SourceColumn id)
    {
        var newer = new int[Rows.Length];
        Array.Fill(newer, -1);
        var seen = new Dictionary<FeatureValue, int>();
        for (var entity = 0; entity < _keys.Count; entity++)
        {
            var (start, end) = Of(entity);
            for (var position = end - 1; position >= start; position--)
            {
                if (position == end - 1 || Times[position] != Times[position + 1])
                {
                    seen.Clear();
                }

                var value = id[Rows[position]];
                newer[position] = seen.GetValueOrDefault(value, -1);
                seen[value] = position;
            }
        }

        return newer;
    }
}
