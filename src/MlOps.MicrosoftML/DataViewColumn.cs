using Apache.Arrow.Types;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Data.Columns;

namespace MlOps.MicrosoftML;

/// <summary>One scalar column of a data view, from ML.NET's cells to Arrow's.</summary>
internal static class DataViewColumn
{
    /// <summary>The type that holds the column; null where none does.</summary>
    public static IArrowType? TypeOf(DataViewSchema.Column column) => column.Type switch
    {
        KeyDataViewType => HasTexts(column) ? StringType.Default : UInt64Type.Default,
        TextDataViewType => StringType.Default,
        BooleanDataViewType => BooleanType.Default,
        DateTimeDataViewType or DateTimeOffsetDataViewType => new TimestampType(TimeUnit.Microsecond, "UTC"),
        TimeSpanDataViewType => DoubleType.Default,
        var type when type == NumberDataViewType.Single => FloatType.Default,
        var type when type == NumberDataViewType.Double => DoubleType.Default,
        var type when type == NumberDataViewType.SByte => Int8Type.Default,
        var type when type == NumberDataViewType.Int16 => Int16Type.Default,
        var type when type == NumberDataViewType.Int32 => Int32Type.Default,
        var type when type == NumberDataViewType.Int64 => Int64Type.Default,
        var type when type == NumberDataViewType.Byte => UInt8Type.Default,
        var type when type == NumberDataViewType.UInt16 => UInt16Type.Default,
        var type when type == NumberDataViewType.UInt32 => UInt32Type.Default,
        var type when type == NumberDataViewType.UInt64 => UInt64Type.Default,
        _ => null,
    };

    /// <summary>Appends the cell of the row that the cursor is at.</summary>
    public static Action Reader(DataViewRowCursor cursor, DataViewSchema.Column column, ColumnAppender appender) => column.Type switch
    {
        KeyDataViewType => Key(cursor, column, appender),
        TextDataViewType => Read<ReadOnlyMemory<char>>(cursor, column, value => appender.AppendText(value.Span)),
        BooleanDataViewType => Read<bool>(cursor, column, appender.AppendBoolean),
        DateTimeDataViewType => Read<DateTime>(cursor, column, value => appender.AppendValue(Microseconds(value))),
        DateTimeOffsetDataViewType => Read<DateTimeOffset>(cursor, column, value => appender.AppendValue(Microseconds(value.UtcDateTime))),
        TimeSpanDataViewType => Read<TimeSpan>(cursor, column, value => appender.AppendValue(value.TotalSeconds)),
        _ => Number(cursor, column, appender),
    };

    private static Action Number(DataViewRowCursor cursor, DataViewSchema.Column column, ColumnAppender appender)
    {
        var type = column.Type.RawType;
        return type == typeof(float) ? Read<float>(cursor, column, appender.AppendValue)
            : type == typeof(double) ? Read<double>(cursor, column, appender.AppendValue)
            : type == typeof(sbyte) ? Read<sbyte>(cursor, column, appender.AppendValue)
            : type == typeof(short) ? Read<short>(cursor, column, appender.AppendValue)
            : type == typeof(int) ? Read<int>(cursor, column, appender.AppendValue)
            : type == typeof(long) ? Read<long>(cursor, column, appender.AppendValue)
            : type == typeof(byte) ? Read<byte>(cursor, column, appender.AppendValue)
            : type == typeof(ushort) ? Read<ushort>(cursor, column, appender.AppendValue)
            : type == typeof(uint) ? Read<uint>(cursor, column, appender.AppendValue)
            : Read<ulong>(cursor, column, appender.AppendValue);
    }

    private static Action Key(DataViewRowCursor cursor, DataViewSchema.Column column, ColumnAppender appender)
    {
        var texts = default(VBuffer<ReadOnlyMemory<char>>);
        if (HasTexts(column))
        {
            column.GetKeyValues(ref texts);
        }

        ReadOnlyMemory<char>[]? values = HasTexts(column) ? [.. texts.DenseValues()] : null;

        // Keys count from 1; 0 is a missing one.
        void Append(ulong key)
        {
            if (key == 0)
            {
                appender.AppendMissing();
            }
            else if (values is null)
            {
                appender.AppendValue(key);
            }
            else
            {
                appender.AppendText(values[key - 1].Span);
            }
        }

        var type = column.Type.RawType;
        return type == typeof(byte) ? Read<byte>(cursor, column, value => Append(value))
            : type == typeof(ushort) ? Read<ushort>(cursor, column, value => Append(value))
            : type == typeof(uint) ? Read<uint>(cursor, column, value => Append(value))
            : Read<ulong>(cursor, column, Append);
    }

    private static bool HasTexts(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull("KeyValues") is { Type: VectorDataViewType { ItemType: TextDataViewType } };

    private static long Microseconds(DateTime time)
    {
        var ticks = time.Ticks - DateTime.UnixEpoch.Ticks;
        return (ticks - (((ticks % TimeSpan.TicksPerMicrosecond) + TimeSpan.TicksPerMicrosecond) % TimeSpan.TicksPerMicrosecond)) / TimeSpan.TicksPerMicrosecond;
    }

    private static Action Read<T>(DataViewRowCursor cursor, DataViewSchema.Column column, Action<T> append)
    {
        var getter = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            append(value);
        };
    }
}
