using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOps.MicrosoftML;

/// <summary>An ML.NET row that reads a session's buffers; columns of the training data that the model does not need read as default.</summary>
internal sealed class BufferRow(DataViewSchema schema) : DataViewRow
{
    private readonly Delegate?[] _getters = new Delegate?[schema.Count];
    private long _position = -1;

    /// <summary>The row within the buffers.</summary>
    public int Row { get; private set; }

    public override DataViewSchema Schema { get; } = schema;

    /// <summary>Counts up with every row ever read: mappers keep what they computed for a position.</summary>
    public override long Position => _position;

    public override long Batch => 0;

    public void MoveTo(int row)
    {
        Row = row;
        _position++;
    }

    public void SetGetter<T>(DataViewSchema.Column column, ValueGetter<T> getter) => _getters[column.Index] = getter;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters[column.Index] switch
    {
        null => (ref TValue value) => value = default!,
        ValueGetter<TValue> getter => getter,
        _ => throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}, not {typeof(TValue).Name}."),
    };

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);
}
