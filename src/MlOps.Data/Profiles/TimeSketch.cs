using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Statistics;

namespace MlOps.Data.Profiles;

/// <summary>Times, in ticks of UTC.</summary>
internal sealed class TimeSketch(string name) : ColumnSketch(name, ColumnKind.Time)
{
    public HyperLogLog Values { get; set; } = new(DistinctPrecision);

    public long FirstTicks { get; set; } = long.MaxValue;

    public long LastTicks { get; set; } = long.MinValue;

    public TimeBins Bins { get; set; } = new();

    public override long? Distinct => Distinguished(Values);

    public override void Add(IArrowArray array, string dataset)
    {
        Span<long> run = stackalloc long[RunLength];
        var reader = new ColumnReader(array, Name, dataset);
        for (var start = 0; start < array.Length; start += RunLength)
        {
            var ticks = run[..Math.Min(RunLength, array.Length - start)];
            reader.ReadTicks(ticks, start);
            Add(array.NullCount == 0 ? ticks : Present(ticks), ticks.Length);
        }
    }

    protected override void Take(ColumnSketch other)
    {
        var times = (TimeSketch)other;
        Values.Merge(times.Values);
        Bins.Merge(times.Bins);
        FirstTicks = Math.Min(FirstTicks, times.FirstTicks);
        LastTicks = Math.Max(LastTicks, times.LastTicks);
    }

    private void Add(ReadOnlySpan<long> ticks, int cells)
    {
        Count += ticks.Length;
        MissingCount += cells - ticks.Length;
        if (ticks.IsEmpty)
        {
            return;
        }

        var (first, last) = (ticks[0], ticks[0]);
        var previous = ~ticks[0];
        foreach (var value in ticks)
        {
            // Times often come in runs.
            if (value != previous)
            {
                Values.Add(value);
                first = Math.Min(first, value);
                last = Math.Max(last, value);
                previous = value;
            }
        }

        FirstTicks = Math.Min(FirstTicks, first);
        LastTicks = Math.Max(LastTicks, last);
        Bins.Add(ticks, first, last);
    }

    private static Span<long> Present(Span<long> ticks)
    {
        var kept = 0;
        foreach (var value in ticks)
        {
            if (value != ColumnReader.MissingTicks)
            {
                ticks[kept++] = value;
            }
        }

        return ticks[..kept];
    }
}
