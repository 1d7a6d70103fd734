using System.Buffers.Binary;
using System.Text;
using Apache.Arrow;

namespace MlOps.Data.Columns;

/// <summary>The values of several columns of a row as one byte string, equal where all values are.</summary>
internal sealed class RowKeys(IReadOnlyList<string> columns)
{
    private readonly RowBits _present = new();
    private readonly int[] _ordinals = new int[columns.Count];
    private RowBatch? _batch;
    private byte[] _key = new byte[64];

    /// <summary>Turns to a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="rows">Those with a missing value are cleared.</param>
    public void Open(RowBatch batch, RowBits rows)
    {
        _batch = batch;
        for (var i = 0; i < _ordinals.Length; i++)
        {
            _ordinals[i] = batch.Ordinal(columns[i]);
            if (batch.MayMiss(_ordinals[i]))
            {
                batch.MarkPresent(_ordinals[i], _present);
                rows.And(_present);
            }
        }
    }

    /// <summary>The key of a row; valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(int row)
    {
        var length = 0;
        foreach (var ordinal in _ordinals)
        {
            var array = _batch!.Batch.Column(ordinal);
            switch (ColumnReader.KindOf(array.Data.DataType))
            {
                case ColumnKind.Text when array is StringArray texts: AddText(new Utf8Column(texts)[row], ref length); break;
                case ColumnKind.Number when array is Int64Array whole: AddNumber(whole.Values[row], ref length); break;
                case ColumnKind.Time: AddNumber(_batch.Ticks(ordinal)[row], ref length); break;
                case ColumnKind.Number when array is not (UInt64Array or Decimal128Array):
                    AddNumber(BitConverter.DoubleToInt64Bits(_batch.Numbers(ordinal)[row] + 0.0), ref length);
                    break;
                default: AddText(Encoding.UTF8.GetBytes(_batch.Texts(ordinal)[row]!), ref length); break;
            }
        }

        return _key.AsSpan(0, length);
    }

    private void AddNumber(long value, ref int length)
    {
        Reserve(length + sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_key.AsSpan(length), value);
        length += sizeof(long);
    }

    // The length goes first, so that no text runs into the next.
    private void AddText(ReadOnlySpan<byte> text, ref int length)
    {
        AddNumber(text.Length, ref length);
        Reserve(length + text.Length);
        text.CopyTo(_key.AsSpan(length));
        length += text.Length;
    }

    private void Reserve(int length)
    {
        if (length > _key.Length)
        {
            System.Array.Resize(ref _key, Math.Max(length, 2 * _key.Length));
        }
    }
}
