using Apache.Arrow;
using Apache.Arrow.Types;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Data;
using MlOps.Data.Columns;
using Array = System.Array;

namespace MlOps.MicrosoftML;

/// <summary>Gathers one Arrow column as an array of ML.NET values.</summary>
internal abstract class ColumnCollector
{
    private delegate void Reading<T>(IArrowArray array, Span<T> destination);

    public abstract DataViewType Type { get; }

    /// <summary>Adds the cells of a plain column behind those that are there.</summary>
    public abstract void Add(IArrowArray array);

    /// <summary>Starts again without cells.</summary>
    public abstract void Clear();

    public abstract Array ToArray();

    /// <summary>A <see cref="ValueGetter{TValue}"/> of the cell that a function points at.</summary>
    public abstract Delegate Getter(Func<int> row);

    /// <summary>A collector for a column; null where ML.NET has no type for it.</summary>
    public static ColumnCollector? TryCreate(Field field, string dataset, DataViewOptions options)
    {
        ColumnReader Reader(IArrowArray array) => new(array, field.Name, dataset);
        switch (ColumnReader.KindOf(field.DataType))
        {
            case ColumnKind.Number when options.KeepNumberTypes:
                return Number(field, dataset);
            case ColumnKind.Number:
                return new Values<float>(NumberDataViewType.Single, (array, destination) => Reader(array).ReadNumbers(destination));
            case ColumnKind.Boolean:
                return new Values<bool>(BooleanDataViewType.Instance, (array, destination) =>
                {
                    RequireAll(array, field, dataset, "a truth value");
                    for (var row = 0; row < destination.Length; row++)
                    {
                        destination[row] = ((BooleanArray)array).GetValue(row) == true;
                    }
                });
            case ColumnKind.Text:
                return new Values<ReadOnlyMemory<char>>(TextDataViewType.Instance, (array, destination) =>
                {
                    var texts = new string?[destination.Length];
                    Reader(array).ReadTexts(texts);
                    for (var row = 0; row < texts.Length; row++)
                    {
                        destination[row] = texts[row].AsMemory();
                    }
                });
            case ColumnKind.Time when options.IncludeTimes:
                // A date has no zone.
                var zone = field.DataType is TimestampType ? DateTimeKind.Utc : DateTimeKind.Unspecified;
                return new Values<DateTime>(DateTimeDataViewType.Instance, (array, destination) =>
                {
                    RequireAll(array, field, dataset, "an instant");
                    var ticks = new long[destination.Length];
                    Reader(array).ReadTicks(ticks);
                    for (var row = 0; row < ticks.Length; row++)
                    {
                        destination[row] = new DateTime(ticks[row], zone);
                    }
                });
            default:
                return null;
        }
    }

    private static ColumnCollector Number(Field field, string dataset) => PlainColumns.Of(field.DataType) switch
    {
        Int8Type => Integers<sbyte, Int8Array>(NumberDataViewType.SByte, field, dataset),
        Int16Type => Integers<short, Int16Array>(NumberDataViewType.Int16, field, dataset),
        Int32Type => Integers<int, Int32Array>(NumberDataViewType.Int32, field, dataset),
        Int64Type => Integers<long, Int64Array>(NumberDataViewType.Int64, field, dataset),
        UInt8Type => Integers<byte, UInt8Array>(NumberDataViewType.Byte, field, dataset),
        UInt16Type => Integers<ushort, UInt16Array>(NumberDataViewType.UInt16, field, dataset),
        UInt32Type => Integers<uint, UInt32Array>(NumberDataViewType.UInt32, field, dataset),
        UInt64Type => Integers<ulong, UInt64Array>(NumberDataViewType.UInt64, field, dataset),
        FloatType or HalfFloatType => new Values<float>(NumberDataViewType.Single, (array, destination) => new ColumnReader(array, field.Name, dataset).ReadNumbers(destination)),
        _ => new Values<double>(NumberDataViewType.Double, (array, destination) => new ColumnReader(array, field.Name, dataset).ReadNumbers(destination)),
    };

    private static Values<T> Integers<T, TArray>(NumberDataViewType type, Field field, string dataset)
        where T : struct, IEquatable<T>
        where TArray : PrimitiveArray<T> => new(type, (array, destination) =>
        {
            RequireAll(array, field, dataset, "a whole number");
            ((TArray)array).Values[..destination.Length].CopyTo(destination);
        });

    private static void RequireAll(IArrowArray array, Field field, string dataset, string value)
    {
        if (array.NullCount > 0)
        {
            throw new MlOpsException(
                ErrorCodes.ColumnType,
                $"The column '{field.Name}' of '{dataset}' misses {value} in a row, which ML.NET cannot express: fill it or leave those rows out.");
        }
    }

    private sealed class Values<T>(DataViewType type, Reading<T> read) : ColumnCollector
    {
        private T[] _values = [];
        private int _count;

        public override DataViewType Type => type;

        public override void Add(IArrowArray array)
        {
            if (_values.Length < _count + array.Length)
            {
                Array.Resize(ref _values, Math.Max(_count + array.Length, 2 * _values.Length));
            }

            read(array, _values.AsSpan(_count, array.Length));
            _count += array.Length;
        }

        public override void Clear() => _count = 0;

        public override Array ToArray() => _values[.._count];

        public override Delegate Getter(Func<int> row) => new ValueGetter<T>((ref T value) => value = _values[row()]);
    }
}
