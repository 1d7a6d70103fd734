using MlOps.Data.Columns;

namespace MlOps.Data.Expressions;

/// <summary>Times as ticks in UTC; <see cref="ColumnReader.MissingTicks"/> is missing.</summary>
internal abstract class TimeNode : ValueNode
{
    /// <summary>A time for each row; valid until the next call.</summary>
    public abstract ReadOnlySpan<long> Of(RowBatch batch);

    public override void MarkPresent(RowBatch batch, RowBits present)
    {
        // What lies outside of this one value is present.
        present.Reset(batch.Length, value: false);
        VectorMarks.Outside(Of(batch), ColumnReader.MissingTicks, ColumnReader.MissingTicks, present.Words);
    }
}

internal sealed class TimeColumnNode(string column) : TimeNode
{
    public override ReadOnlySpan<long> Of(RowBatch batch) => batch.Ticks(batch.Ordinal(column));

    public override void MarkPresent(RowBatch batch, RowBits present) => batch.MarkPresent(batch.Ordinal(column), present);
}

internal sealed class TimeConstantNode(long ticks) : TimeNode
{
    private long[] _values = [];

    public override ReadOnlySpan<long> Of(RowBatch batch)
    {
        if (_values.Length < batch.Length)
        {
            _values = new long[batch.Length];
            Array.Fill(_values, ticks);
        }

        return _values.AsSpan(0, batch.Length);
    }
}
