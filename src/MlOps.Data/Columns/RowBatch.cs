using Apache.Arrow;

namespace MlOps.Data.Columns;

/// <summary>A batch whose columns are decoded when first asked for, once.</summary>
internal sealed class RowBatch
{
    private readonly string[] _names;
    private readonly double[]?[] _numbers;
    private readonly string?[]?[] _texts;
    private readonly long[]?[] _ticks;
    private readonly string _dataset;

    public RowBatch(RecordBatch batch, long position, string dataset)
    {
        Batch = batch;
        Position = position;
        _dataset = dataset;
        _names = [.. batch.Schema.FieldsList.Select(field => field.Name)];
        _numbers = new double[_names.Length][];
        _texts = new string?[_names.Length][];
        _ticks = new long[_names.Length][];
    }

    public RecordBatch Batch { get; }

    public long Position { get; }

    public int Length => Batch.Length;

    public double[] Numbers(int column)
    {
        if (_numbers[column] is not { } numbers)
        {
            numbers = new double[Length];
            Reader(column).ReadNumbers(numbers);
            _numbers[column] = numbers;
        }

        return numbers;
    }

    public string?[] Texts(int column)
    {
        if (_texts[column] is not { } texts)
        {
            texts = new string?[Length];
            Reader(column).ReadTexts(texts);
            _texts[column] = texts;
        }

        return texts;
    }

    public long[] Ticks(int column)
    {
        if (_ticks[column] is not { } ticks)
        {
            ticks = new long[Length];
            Reader(column).ReadTicks(ticks);
            _ticks[column] = ticks;
        }

        return ticks;
    }

    public bool MayMiss(int column) => Batch.Column(column) is { NullCount: > 0 } or DoubleArray or FloatArray or HalfFloatArray;

    public bool IsMissing(int column, int row)
    {
        var array = Batch.Column(column);
        return array switch
        {
            _ when array.NullCount > 0 && array.IsNull(row) => true,
            DoubleArray or FloatArray or HalfFloatArray => double.IsNaN(Numbers(column)[row]),
            _ => false,
        };
    }

    /// <summary>Marks the rows that hold a value: neither null nor NaN.</summary>
    public void MarkPresent(int column, RowBits present)
    {
        var array = Batch.Column(column);
        present.Reset(Length, value: true);
        if (array.NullCount > 0)
        {
            ValidityBits.Copy(array.Data.Buffers[0].Span, array.Data.Offset, present);
        }

        if (array is DoubleArray doubles)
        {
            VectorMarks.ClearNaN(doubles.Values, present.Words);
        }
        else if (array is FloatArray floats)
        {
            VectorMarks.ClearNaN(floats.Values, present.Words);
        }
        else if (array is HalfFloatArray)
        {
            VectorMarks.ClearNaN<double>(Numbers(column), present.Words);
        }
    }

    /// <summary>One cell as text, without decoding its column; null where missing.</summary>
    public string? TextAt(int column, int row)
    {
        string? text = null;
        Reader(column).ReadTexts(new Span<string?>(ref text), row);
        return text;
    }

    public int Ordinal(string name)
    {
        // Names are mostly literals: the same object every time.
        for (var i = 0; i < _names.Length; i++)
        {
            if (ReferenceEquals(_names[i], name))
            {
                return i;
            }
        }

        for (var i = 0; i < _names.Length; i++)
        {
            if (string.Equals(_names[i], name, StringComparison.Ordinal))
            {
                // Remembers the caller's object, so that the next look-up is the fast one.
                _names[i] = name;
                return i;
            }
        }

        var nearest = NearestName.Of(name, _names);
        throw new MlOpsException(
            ErrorCodes.ColumnNotFound,
            $"A row of '{_dataset}' was asked for the column '{name}', which was not read.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} The columns read are: {string.Join(", ", _names)}; where an operation takes a list of columns, name it there.");
    }

    private ColumnReader Reader(int column) => new(Batch.Column(column), _names[column], _dataset);
}
