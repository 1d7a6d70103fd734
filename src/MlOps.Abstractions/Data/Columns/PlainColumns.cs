using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Turns the several Arrow encodings of text and binary values into plain ones, so that one writer serves all.</summary>
/// <remarks>
/// Plain are <see cref="StringType"/>, <see cref="BinaryType"/>, booleans, and numbers, dates and times of a fixed width. Dictionary-encoded
/// columns become columns of their values, large and view columns become text or binary ones.
/// </remarks>
public static class PlainColumns
{
    /// <summary>The type of the plain column; a type that is plain, or that has no plain form, stays.</summary>
    public static IArrowType Of(IArrowType type) => type switch
    {
        DictionaryType dictionary => Of(dictionary.ValueType),
        LargeStringType or StringViewType => StringType.Default,
        LargeBinaryType or BinaryViewType => BinaryType.Default,
        _ => type,
    };

    /// <summary>The schema of the plain columns, all nullable, without metadata.</summary>
    public static Schema Of(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new([.. schema.FieldsList.Select(field => new Field(field.Name, Of(field.DataType), true))], metadata: null);
    }

    /// <summary>The same rows with plain columns.</summary>
    /// <param name="batch">Is taken over: use and dispose what is returned instead.</param>
    /// <param name="plain">What <see cref="Of(Schema)"/> makes of the batch's schema.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: a column has to be copied and has no plain form.</exception>
    public static RecordBatch Of(RecordBatch batch, Schema plain)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(plain);
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

    /// <summary>A copy of some rows in managed memory; the array stays its owner's.</summary>
    /// <param name="array">A plain column.</param>
    /// <param name="field">Has the array's type.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many rows.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: the column is not plain.</exception>
    public static IArrowArray Copy(IArrowArray array, Field field, int start, int count)
    {
        var appender = ColumnAppender.For(field);
        appender.Append(array, start, count);
        return appender.Build();
    }

    /// <summary>A copy in managed memory, plain; the array stays its owner's.</summary>
    /// <param name="array">A column of any encoding.</param>
    /// <param name="field">Has the plain type.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: the column has no plain form.</exception>
    public static IArrowArray PlainCopy(IArrowArray array, Field field)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(field);
        var plain = Of(array, field);
        return ReferenceEquals(plain, array) ? FixedWidthCopy.Of(array, field) ?? Copy(array, field, 0, array.Length) : plain;
    }

    /// <summary>The schema that <see cref="ReadPlainAsync"/> gives.</summary>
    public static async ValueTask<Schema> GetPlainSchemaAsync(this Dataset dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Of(await dataset.GetSchemaAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Streams the rows as <see cref="Dataset.ReadAsync"/> does, with plain columns.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>; <see cref="ErrorCodes.ColumnType"/>: a column has to be copied and has no plain form.</exception>
    public static async IAsyncEnumerable<RecordBatch> ReadPlainAsync(
        this Dataset dataset, DatasetReadOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Schema? plain = null;
        await foreach (var batch in dataset.ReadAsync(options, cancellationToken).ConfigureAwait(false))
        {
            plain ??= Of(batch.Schema);
            yield return Of(batch, plain);
        }
    }

    internal static MlOpsException Unsupported(Field field) => new(
        ErrorCodes.ColumnType,
        $"The column '{field.Name}' has the type {field.DataType.Name}, which data sets do not hold: select the other columns, or flatten it into columns of numbers, text, booleans or times before reading.");

    /// <summary>Finds the bytes of a text or binary cell; the array is not dictionary-encoded.</summary>
    internal static Func<int, ReadOnlySpan<byte>> BytesOf(IArrowArray array) => array switch
    {
        BinaryArray a => row => a.GetBytes(row, out _),
        LargeBinaryArray a => row => a.GetBytes(row, out _),
        BinaryViewArray a => row => a.GetBytes(row, out _),
        _ => throw new InvalidOperationException($"{array.GetType().Name} holds no bytes."),
    };

    private static IArrowArray Of(IArrowArray array, Field field) => array switch
    {
        DictionaryArray encoded => DictionaryTexts.Decode(encoded) ?? Decode(encoded, field),
        LargeBinaryArray or BinaryViewArray => Flatten(array, field),
        _ => array,
    };

    private static IArrowArray Decode(DictionaryArray encoded, Field field)
    {
        var positions = new double[encoded.Length];
        new ColumnReader(encoded.Indices, field.Name).ReadNumbers(positions);
        var values = Of(encoded.Dictionary, field);
        var appender = ColumnAppender.For(field);
        foreach (var position in positions)
        {
            if (double.IsNaN(position))
            {
                appender.AppendMissing();
            }
            else
            {
                appender.Append(values, (int)position, 1);
            }
        }

        return appender.Build();
    }

    private static IArrowArray Flatten(IArrowArray array, Field field)
    {
        var bytesAt = BytesOf(array);
        var appender = ColumnAppender.For(field);
        for (var row = 0; row < array.Length; row++)
        {
            if (array.IsNull(row))
            {
                appender.AppendMissing();
            }
            else
            {
                appender.AppendBytes(bytesAt(row));
            }
        }

        return appender.Build();
    }
}
