using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Turns the several Arrow encodings of text into plain strings, so that one reader serves all.</summary>
internal static class PlainColumns
{
    public static Schema Of(Schema schema) =>
        new([.. schema.FieldsList.Select(field => new Field(field.Name, Of(field.DataType), true))], metadata: null);

    public static IArrowType Of(IArrowType type) => type switch
    {
        DictionaryType dictionary => Of(dictionary.ValueType),
        LargeStringType or StringViewType => StringType.Default,
        LargeBinaryType or BinaryViewType => BinaryType.Default,
        _ => type,
    };

    /// <summary>The same rows with plain columns; takes over the batch.</summary>
    public static RecordBatch Of(RecordBatch batch, Schema plain)
    {
        var changed = false;
        var arrays = new IArrowArray[batch.ColumnCount];
        for (var i = 0; i < arrays.Length; i++)
        {
            arrays[i] = Of(batch.Column(i), plain.GetFieldByIndex(i));
            changed |= !ReferenceEquals(arrays[i], batch.Column(i));
        }

        if (!changed)
        {
            return new RecordBatch(plain, arrays, batch.Length);
        }

        // A mixed batch would have two owners: copy what was not changed, then let the original go.
        for (var i = 0; i < arrays.Length; i++)
        {
            if (ReferenceEquals(arrays[i], batch.Column(i)))
            {
                arrays[i] = Copy(arrays[i], plain.GetFieldByIndex(i), 0, batch.Length);
            }
        }

        var result = new RecordBatch(plain, arrays, batch.Length);
        batch.Dispose();
        return result;
    }

    public static IArrowArray Copy(IArrowArray array, Field field, int start, int count)
    {
        var appender = ColumnAppender.For(field);
        appender.Append(array, start, count);
        return appender.Build();
    }

    /// <summary>A copy in managed memory, plain; the array stays its owner's.</summary>
    public static IArrowArray PlainCopy(IArrowArray array, Field field)
    {
        var plain = Of(array, field);
        return ReferenceEquals(plain, array) ? Copy(array, field, 0, array.Length) : plain;
    }

    public static MlOpsException Unsupported(Field field) => new(
        ErrorCodes.ColumnType,
        $"The column '{field.Name}' has the type {field.DataType.Name}, which data sets do not hold: select the other columns, or flatten it into columns of numbers, text, booleans or times before reading.");

    private static IArrowArray Of(IArrowArray array, Field field)
    {
        if (array.Data.DataType is not (DictionaryType or LargeStringType or StringViewType or LargeBinaryType or BinaryViewType))
        {
            return array;
        }

        if (array is DictionaryArray { Dictionary: var values } encoded && field.DataType is not StringType)
        {
            var plainValues = Of(values, field);
            var appender = ColumnAppender.For(field);
            for (var i = 0; i < array.Length; i++)
            {
                var index = (int?)Cells.IntegerAt(encoded.Indices, i);
                if (index is { } found)
                {
                    appender.Append(plainValues, found, 1);
                }
                else
                {
                    appender.AppendMissing();
                }
            }

            return appender.Build();
        }

        var bytes = new BytesAppender(field.DataType);
        for (var i = 0; i < array.Length; i++)
        {
            if (array.IsNull(i) || (array is DictionaryArray dictionary && Cells.IntegerAt(dictionary.Indices, i) is { } at && dictionary.Dictionary.IsNull((int)at)))
            {
                bytes.AppendMissing();
            }
            else
            {
                bytes.AppendBytes(Cells.BytesAt(array, i));
            }
        }

        return bytes.Build();
    }
}
