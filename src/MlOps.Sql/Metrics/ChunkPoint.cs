using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>A point as it is stored, ordered by step, time and arrival; values take no part in the order.</summary>
internal readonly record struct ChunkPoint(long Step, long Ticks, long Sequence, double Value) : IComparable<ChunkPoint>
{
    public MetricPoint Point => new(Step, Value, new DateTimeOffset(Ticks, TimeSpan.Zero));

    public int CompareTo(ChunkPoint other) =>
        Step != other.Step ? Step.CompareTo(other.Step)
        : Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks)
        : Sequence.CompareTo(other.Sequence);
}
