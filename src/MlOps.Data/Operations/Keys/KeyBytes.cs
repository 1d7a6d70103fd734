using Apache.Arrow;

namespace MlOps.Data.Operations.Keys;

/// <summary>The keys of the rows of a batch as bytes: equal keys have equal bytes, on every machine. For one reader at a time.</summary>
internal sealed class KeyBytes
{
    private readonly IReadOnlyList<string> _names;
    private readonly KeyColumn[] _columns;
    private byte[] _buffer = new byte[64];

    public KeyBytes(IReadOnlyList<string> names, KeyColumn[] columns)
    {
        (_names, _columns) = (names, columns);
    }

    /// <summary>Keys of some columns of a data set, compared with each other alone.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>, <see cref="ErrorCodes.ColumnType"/>.</exception>
    public static KeyBytes Of(Dataset dataset, Schema schema, IReadOnlyList<string> names) =>
        new(names, [.. names.Select(name => KeyColumn.For(dataset.RequireColumn(schema, name), dataset.Name))]);

    /// <summary>Turns to the rows of the next batch.</summary>
    /// <param name="batch">Plain columns.</param>
    public void Start(RecordBatch batch)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Start(batch.Column(batch.Schema.GetFieldIndex(_names[i], StringComparer.Ordinal)));
        }
    }

    /// <summary>Whether a part of the key is missing.</summary>
    public bool IsMissing(int row)
    {
        foreach (var column in _columns)
        {
            if (column.IsMissing(row))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The key of a row, valid until the next is asked for; parts that are missing are equal to each other.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            var used = 0;
            foreach (var column in _columns)
            {
                var isMissing = column.IsMissing(row);
                var size = 1 + (isMissing ? 0 : column.Size(row));
                if (used + size > _buffer.Length)
                {
                    System.Array.Resize(ref _buffer, Math.Max(used + size, 2 * _buffer.Length));
                }

                _buffer[used++] = isMissing ? (byte)0 : (byte)1;
                used += isMissing ? 0 : column.Write(row, _buffer.AsSpan(used));
            }

            return _buffer.AsSpan(0, used);
        }
    }
}
