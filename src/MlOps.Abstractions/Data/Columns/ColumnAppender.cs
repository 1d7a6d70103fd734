using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Collects the cells of one plain column into managed memory: disposing what it builds is harmless, and equal cells give equal bytes.</summary>
/// <remarks>
/// A missing cell has zeros or no bytes under it, and there is a validity bitmap only where a cell is missing. Not safe for concurrent
/// use: a column has one writer.
/// </remarks>
public abstract class ColumnAppender
{
    private byte[] _valid = new byte[64];
    private int _missing;

    private protected ColumnAppender()
    {
    }

    /// <summary>The rows since the last <see cref="Build"/>.</summary>
    public int Length { get; private set; }

    private protected abstract IArrowType Type { get; }

    /// <summary>Starts an empty column.</summary>
    /// <param name="field">Its type is plain, see <see cref="PlainColumns"/>.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: a nested type, or text or binary values that are not plain.</exception>
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

    /// <summary>Adds a run of rows of an array.</summary>
    /// <param name="array">Has the column's own type; it may be a slice.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many rows.</param>
    /// <exception cref="ArgumentException">The array has another type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The array has fewer rows.</exception>
    public void Append(IArrowArray array, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, array.Length - start);
        if (array.Data.DataType.TypeId != Type.TypeId)
        {
            throw new ArgumentException($"A column of the type {Type.Name} cannot take rows of the type {array.Data.DataType.Name}.", nameof(array));
        }

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

    /// <summary>Adds chosen rows of an array, in the order given.</summary>
    /// <param name="array">Has the column's own type; it may be a slice.</param>
    /// <param name="rows">Each lies in the array; a row may occur more than once.</param>
    /// <exception cref="ArgumentException">The array has another type, or no such row.</exception>
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

    /// <summary>Adds a number, a date or a time.</summary>
    /// <typeparam name="T">The type that Arrow keeps the cells in: <see cref="double"/> for doubles, <see cref="long"/> for timestamps in their unit.</typeparam>
    /// <exception cref="InvalidOperationException">The column's cells have another width.</exception>
    public void AppendValue<T>(T value)
        where T : unmanaged
    {
        if (this is not FixedAppender column || !column.TryAdd(value))
        {
            throw WrongType(typeof(T).Name);
        }

        MarkCell(true);
    }

    /// <summary>Adds a boolean.</summary>
    /// <exception cref="InvalidOperationException">The column holds something else.</exception>
    public void AppendBoolean(bool value)
    {
        (this as BooleanAppender ?? throw WrongType(nameof(Boolean))).Add(value);
        MarkCell(true);
    }

    /// <summary>Adds a text, kept as UTF-8.</summary>
    /// <exception cref="InvalidOperationException">The column holds something else.</exception>
    public void AppendText(ReadOnlySpan<char> text)
    {
        (this as BytesAppender ?? throw WrongType(nameof(String))).Add(text);
        MarkCell(true);
    }

    /// <summary>Adds a binary value, or a text as UTF-8.</summary>
    /// <exception cref="InvalidOperationException">The column holds something else.</exception>
    public void AppendBytes(ReadOnlySpan<byte> value)
    {
        (this as BytesAppender ?? throw WrongType("bytes")).Add(value);
        MarkCell(true);
    }

    /// <summary>Adds a cell without a value.</summary>
    public void AppendMissing()
    {
        MarkCell(false);
        AddEmpty();
    }

    /// <summary>Makes an array of the rows added, and starts again with none.</summary>
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

    private void MarkCell(bool isValid)
    {
        ReserveValidity(1);
        _valid[Length++] = isValid ? (byte)1 : (byte)0;
        _missing += isValid ? 0 : 1;
    }

    private protected abstract void CopyRun(IArrowArray array, int start, int count, ReadOnlySpan<byte> valid);

    private protected abstract void AddEmpty();

    private protected abstract ArrowBuffer[] ValueBuffers();

    private protected abstract void Clear();

    private InvalidOperationException WrongType(string value) => new($"A column of the type {Type.Name} cannot take a value of the type {value}.");

    private void ReserveValidity(int count)
    {
        if (Length + count > _valid.Length)
        {
            System.Array.Resize(ref _valid, Math.Max(Length + count, _valid.Length * 2));
        }
    }
}
