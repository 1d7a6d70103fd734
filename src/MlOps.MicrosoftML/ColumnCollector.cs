using Apache.Arrow;
using Apache.Arrow.Types;
using Microsoft.ML.Data;
using MlOps.Data;
using MlOps.Data.Columns;
using Array = System.Array;

namespace MlOps.MicrosoftML;

/// <summary>Gathers one Arrow column as an array of ML.NET values.</summary>
internal abstract class ColumnCollector
{
    private delegate void Reading<T>(ColumnReader column, Span<T> destination);

    public abstract DataViewType Type { get; }

    public abstract void Add(IArrowArray array);

    public abstract Array ToArray();

    public static ColumnCollector? TryCreate(Field field, string dataset, bool includeTimes) => ColumnReader.KindOf(field.DataType) switch
    {
        ColumnKind.Boolean => new Values<bool>(BooleanDataViewType.Instance, field.Name, dataset, (column, destination) =>
        {
            var numbers = new float[destination.Length];
            column.ReadNumbers(numbers);
            for (var row = 0; row < numbers.Length; row++)
            {
                destination[row] = float.IsNaN(numbers[row]) ? throw Missing(field, dataset, "a truth value") : numbers[row] != 0;
            }
        }),
        ColumnKind.Text => new Values<ReadOnlyMemory<char>>(TextDataViewType.Instance, field.Name, dataset, static (column, destination) =>
        {
            var texts = new string?[destination.Length];
            column.ReadTexts(texts);
            for (var row = 0; row < texts.Length; row++)
            {
                destination[row] = texts[row].AsMemory();
            }
        }),
        ColumnKind.Number => new Values<float>(
            NumberDataViewType.Single, field.Name, dataset, static (column, destination) => column.ReadNumbers(destination)),
        ColumnKind.Time when includeTimes => new Values<DateTime>(DateTimeDataViewType.Instance, field.Name, dataset, (column, destination) =>
        {
            // A date has no zone.
            var zone = field.DataType is TimestampType ? DateTimeKind.Utc : DateTimeKind.Unspecified;
            var ticks = new long[destination.Length];
            column.ReadTicks(ticks);
            for (var row = 0; row < ticks.Length; row++)
            {
                destination[row] = ticks[row] == ColumnReader.MissingTicks ? throw Missing(field, dataset, "an instant") : new DateTime(ticks[row], zone);
            }
        }),
        _ => null,
    };

    private static MlOpsException Missing(Field field, string dataset, string value) => new(
        ErrorCodes.ColumnType,
        $"The column '{field.Name}' of '{dataset}' misses {value} in a row, which ML.NET cannot express: fill it or leave those rows out.");

    private sealed class Values<T>(DataViewType type, string column, string dataset, Reading<T> read) : ColumnCollector
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

            read(new ColumnReader(array, column, dataset), _values.AsSpan(_count, array.Length));
            _count += array.Length;
        }

        public override Array ToArray() => _values[.._count];
    }
}
