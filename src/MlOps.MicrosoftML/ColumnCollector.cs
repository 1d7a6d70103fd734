using Apache.Arrow;
using Apache.Arrow.Types;
using Microsoft.ML.Data;
using Array = System.Array;

namespace MlOps.MicrosoftML;

/// <summary>Gathers one Arrow column as an array of ML.NET values.</summary>
internal abstract class ColumnCollector
{
    public abstract DataViewType Type { get; }

    public abstract void Add(IArrowArray array);

    public abstract Array ToArray();

    public static ColumnCollector? TryCreate(Field field, string dataset, bool includeTimes) => field.DataType switch
    {
        BooleanType => new Values<bool>(BooleanDataViewType.Instance, (array, index) =>
            ((BooleanArray)array).GetValue(index) ?? throw new MlOpsException(
                ErrorCodes.ColumnType,
                $"The column '{field.Name}' of '{dataset}' misses a truth value in a row, which ML.NET cannot express: fill it or leave those rows out.")),
        StringType => new Values<ReadOnlyMemory<char>>(TextDataViewType.Instance, (array, index) => ((StringArray)array).GetString(index).AsMemory()),
        FloatType or DoubleType or Int8Type or Int16Type or Int32Type or Int64Type or UInt8Type or UInt16Type or UInt32Type or UInt64Type =>
            new Values<float>(NumberDataViewType.Single, Number),
        TimestampType or Date32Type or Date64Type when includeTimes => new Values<DateTime>(DateTimeDataViewType.Instance, (array, index) =>
            Time(array, index) ?? throw new MlOpsException(
                ErrorCodes.ColumnType,
                $"The column '{field.Name}' of '{dataset}' misses an instant in a row, which ML.NET cannot express: fill it or leave those rows out.")),
        _ => null,
    };

    private static float Number(IArrowArray array, int index) => array.IsNull(index) ? float.NaN : array switch
    {
        FloatArray values => values.Values[index],
        DoubleArray values => (float)values.Values[index],
        Int8Array values => values.Values[index],
        Int16Array values => values.Values[index],
        Int32Array values => values.Values[index],
        Int64Array values => values.Values[index],
        UInt8Array values => values.Values[index],
        UInt16Array values => values.Values[index],
        UInt32Array values => values.Values[index],
        UInt64Array values => values.Values[index],
        _ => throw new InvalidOperationException($"{array.GetType().Name} holds no numbers."),
    };

    private static DateTime? Time(IArrowArray array, int index) => array switch
    {
        TimestampArray values => values.GetTimestamp(index)?.UtcDateTime,
        Date32Array values => values.GetDateTime(index),
        Date64Array values => values.GetDateTime(index),
        _ => throw new InvalidOperationException($"{array.GetType().Name} holds no instants."),
    };

    private sealed class Values<T>(DataViewType type, Func<IArrowArray, int, T> read) : ColumnCollector
    {
        private readonly List<T> _values = [];

        public override DataViewType Type => type;

        public override void Add(IArrowArray array)
        {
            _values.EnsureCapacity(_values.Count + array.Length);
            for (var index = 0; index < array.Length; index++)
            {
                _values.Add(read(array, index));
            }
        }

        public override Array ToArray() => _values.ToArray();
    }
}
