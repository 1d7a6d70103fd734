using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOps.MicrosoftML;

/// <summary>A data view over one array a column.</summary>
internal sealed class MemoryDataView : IDataView
{
    private readonly Array[] _columns;
    private readonly long _rows;

    public MemoryDataView(DataViewSchema schema, Array[] columns, long rows) => (Schema, _columns, _rows) = (schema, columns, rows);

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(MemoryDataView view, HashSet<int> active) : DataViewRowCursor
    {
        private long _position = -1;
        private bool _isAtEnd;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            _isAtEnd |= _position + 1 >= view._rows;
            _position = _isAtEnd ? -1 : _position + 1;
            return !_isAtEnd;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var values = view._columns[column.Index] as TValue[]
                ?? throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}, not {typeof(TValue).Name}.");
            return (ref TValue value) => value = values[_position];
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);
    }
}
