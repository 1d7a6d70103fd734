using Apache.Arrow;
using Apache.Arrow.Types;
using Microsoft.Data.Analysis;
using MlOps.Data.Columns;

namespace MlOps.DataFrame;

/// <summary>A column of a data frame while Arrow's cells are copied into it.</summary>
internal sealed class FrameColumn
{
    private readonly Action<IArrowArray> _append;

    private FrameColumn(DataFrameColumn column, Action<IArrowArray> append)
    {
        (Column, _append) = (column, append);
    }

    public DataFrameColumn Column { get; }

    public void Append(IArrowArray array) => _append(array);

    public static FrameColumn For(Field field, string dataset) => field.DataType switch
    {
        BooleanType => Values(new BooleanDataFrameColumn(field.Name), (array, row) => ((BooleanArray)array).GetValue(row)!.Value),
        Int8Type => Values(new SByteDataFrameColumn(field.Name), (array, row) => ((Int8Array)array).Values[row]),
        Int16Type => Values(new Int16DataFrameColumn(field.Name), (array, row) => ((Int16Array)array).Values[row]),
        Int32Type => Values(new Int32DataFrameColumn(field.Name), (array, row) => ((Int32Array)array).Values[row]),
        Int64Type => Values(new Int64DataFrameColumn(field.Name), (array, row) => ((Int64Array)array).Values[row]),
        UInt8Type => Values(new ByteDataFrameColumn(field.Name), (array, row) => ((UInt8Array)array).Values[row]),
        UInt16Type => Values(new UInt16DataFrameColumn(field.Name), (array, row) => ((UInt16Array)array).Values[row]),
        UInt32Type => Values(new UInt32DataFrameColumn(field.Name), (array, row) => ((UInt32Array)array).Values[row]),
        UInt64Type => Values(new UInt64DataFrameColumn(field.Name), (array, row) => ((UInt64Array)array).Values[row]),
        HalfFloatType => Values(new SingleDataFrameColumn(field.Name), (array, row) => (float)((HalfFloatArray)array).Values[row]),
        FloatType => Values(new SingleDataFrameColumn(field.Name), (array, row) => ((FloatArray)array).Values[row]),
        DoubleType => Values(new DoubleDataFrameColumn(field.Name), (array, row) => ((DoubleArray)array).Values[row]),
        Decimal128Type => Values(new DecimalDataFrameColumn(field.Name), (array, row) => Decimal((Decimal128Array)array, row, field, dataset)),
        StringType => Texts(field, dataset),
        TimestampType or Date32Type or Date64Type => Times(field, dataset),
        _ => throw new MlOpsException(
            ErrorCodes.ColumnType,
            $"The column '{field.Name}' of '{dataset}' is {field.DataType.Name}, which a data frame does not hold: leave it out with Select."),
    };

    private static FrameColumn Values<T>(PrimitiveDataFrameColumn<T> column, Func<IArrowArray, int, T> value)
        where T : unmanaged => new(column, array =>
        {
            for (var row = 0; row < array.Length; row++)
            {
                column.Append(array.IsNull(row) ? null : value(array, row));
            }
        });

    private static FrameColumn Texts(Field field, string dataset)
    {
        var column = new StringDataFrameColumn(field.Name);
        return new FrameColumn(column, array =>
        {
            var texts = new string?[array.Length];
            new ColumnReader(array, field.Name, dataset).ReadTexts(texts);
            foreach (var text in texts)
            {
                column.Append(text);
            }
        });
    }

    private static FrameColumn Times(Field field, string dataset)
    {
        // A date has no zone.
        var kind = field.DataType is TimestampType ? DateTimeKind.Utc : DateTimeKind.Unspecified;
        var column = new DateTimeDataFrameColumn(field.Name);
        return new FrameColumn(column, array =>
        {
            var ticks = new long[array.Length];
            new ColumnReader(array, field.Name, dataset).ReadTicks(ticks);
            foreach (var tick in ticks)
            {
                column.Append(tick == ColumnReader.MissingTicks ? null : new DateTime(tick, kind));
            }
        });
    }

    private static decimal Decimal(Decimal128Array array, int row, Field field, string dataset)
    {
        try
        {
            return array.GetValue(row)!.Value;
        }
        catch (OverflowException error)
        {
            throw new MlOpsException(
                ErrorCodes.ColumnType,
                $"The column '{field.Name}' of '{dataset}' holds {array.GetString(row)}, which has more digits than a .NET decimal: make it a double with WithColumn.",
                error);
        }
    }
}
