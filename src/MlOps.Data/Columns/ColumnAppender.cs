using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Collects the cells of one column into managed memory: disposing what it builds is harmless, and equal cells give equal bytes.</summary>
internal abstract class ColumnAppender
{
    private byte[] _valid = new byte[64];
    private int _missing;

    /// <summary>The rows so far.</summary>
    public int Length { get; private set; }

    protected abstract IArrowType Type { get; }

    public static ColumnAppender For(Field field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.DataType switch
        {
            BooleanType => new BooleanAppender(),
            StringType or BinaryType => new BytesAppender(field.DataType),
            FixedWidthType fixedWidth when fixedWidth.BitWidth % 8 == 0 => new FixedAppender(fixedWidth),
            _ => throw PlainColumns.Unsupported(field),
        };
    }

    /// <summary>Adds a run of rows of an array of the same type.</summary>
    public void Append(IArrowArray array, int start, int count)
    {
        ReserveValidity(count);
        if (array.NullCount == 0)
        {
            _valid.AsSpan(Length, count).Fill(1);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                var isValid = array.IsValid(start + i);
                _valid[Length + i] = isValid ? (byte)1 : (byte)0;
                _missing += isValid ? 0 : 1;
            }
        }

        CopyRun(array, start, count, _valid.AsSpan(Length, count));
        Length += count;
    }

    /// <summary>Adds chosen rows of an array of the same type, in the order given.</summary>
    public void Append(IArrowArray array, ReadOnlySpan<int> rows)
    {
        // Kept rows mostly lie in runs: a run is one copy.
        for (var start = 0; start < rows.Length;)
        {
            var end = start + 1;
            while (end < rows.Length && rows[end] == rows[end - 1] + 1)
            {
                end++;
            }

            Append(array, rows[start], end - start);
            start = end;
        }
    }

    public void AppendMissing()
    {
        MarkCell(false);
        AddEmpty();
    }

    public IArrowArray Build()
    {
        var validity = ArrowBuffer.Empty;
        if (_missing > 0)
        {
            var bits = new byte[(Length + 7) / 8];
            for (var i = 0; i < Length; i++)
            {
                bits[i >> 3] |= (byte)(_valid[i] << (i & 7));
            }

            validity = new ArrowBuffer(bits);
        }

        var array = ArrowArrayFactory.BuildArray(new ArrayData(Type, Length, _missing, 0, [validity, .. ValueBuffers()]));
        Length = 0;
        _missing = 0;
        Clear();
        return array;
    }

    protected void MarkCell(bool isValid)
    {
        ReserveValidity(1);
        _valid[Length++] = isValid ? (byte)1 : (byte)0;
        _missing += isValid ? 0 : 1;
    }

    protected abstract void CopyRun(IArrowArray array, int start, int count, ReadOnlySpan<byte> valid);

    protected abstract void AddEmpty();

    protected abstract ArrowBuffer[] ValueBuffers();

    protected abstract void Clear();

    private void ReserveValidity(int count)
    {
        if (Length + count > _valid.Length)
        {
            System.Array.Resize(ref _valid, Math.Max(Length + count, _valid.Length * 2));
        }
    }
}
