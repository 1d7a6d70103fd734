using System.Globalization;
using System.Numerics.Tensors;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Reads plain Arrow columns as numbers, text and times, a whole batch at once.</summary>
internal static class Cells
{
    /// <summary>As doubles, missing as NaN; booleans are 0 and 1; times are seconds since 1970 UTC.</summary>
    public static double[] Numbers(IArrowArray array, string column)
    {
        var result = new double[array.Length];
        switch (array)
        {
            case DoubleArray a: a.Values.CopyTo(result); break;
            case FloatArray a: TensorPrimitives.ConvertTruncating(a.Values, result); break;
            case HalfFloatArray a: TensorPrimitives.ConvertTruncating(a.Values, result); break;
            case Int64Array a: TensorPrimitives.ConvertTruncating(a.Values, result); break;
            case Int32Array a: TensorPrimitives.ConvertTruncating(a.Values, result); break;
            case Int16Array a: TensorPrimitives.ConvertTruncating(a.Values, result); break;
            case Int8Array a: TensorPrimitives.ConvertTruncating(a.Values, result); break;
            case UInt64Array a: TensorPrimitives.ConvertTruncating(a.Values, result); break;
            case UInt32Array a: TensorPrimitives.ConvertTruncating(a.Values, result); break;
            case UInt16Array a: TensorPrimitives.ConvertTruncating(a.Values, result); break;
            case UInt8Array a: TensorPrimitives.ConvertTruncating(a.Values, result); break;
            case Decimal128Array a: Each(result, a, static (values, i) => values.GetSqlDecimal(i)?.ToDouble()); break;
            case BooleanArray a: Each(result, a, static (values, i) => values.GetValue(i) is { } known ? (known ? 1 : 0) : null); break;
            case TimestampArray or Date32Array or Date64Array:
                var ticks = Ticks(array, column);
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = (double)(ticks[i] - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
                }

                break;
            default: throw WrongType(array, column, "number");
        }

        if (array.NullCount > 0)
        {
            for (var i = 0; i < result.Length; i++)
            {
                if (array.IsNull(i))
                {
                    result[i] = double.NaN;
                }
            }
        }

        return result;
    }

    /// <summary>As strings, missing as null; numbers, booleans and times in their invariant form.</summary>
    public static string?[] Texts(IArrowArray array, string column)
    {
        var result = new string?[array.Length];
        if (array is StringArray strings)
        {
            var pool = new StringPool();
            var offsets = strings.Length == 0 ? default : strings.ValueOffsets;
            var bytes = strings.Data.Buffers[2].Span;
            for (var i = 0; i < result.Length; i++)
            {
                result[i] = strings.NullCount > 0 && strings.IsNull(i) ? null : pool.Get(bytes[offsets[i]..offsets[i + 1]]);
            }

            return result;
        }

        if (array is LargeStringArray or StringViewArray or DictionaryArray)
        {
            var plain = PlainColumns.PlainCopy(array, new Field(column, PlainColumns.Of(array.Data.DataType), true));
            return Texts(plain, column);
        }

        for (var i = 0; i < result.Length; i++)
        {
            result[i] = array.IsNull(i) ? null : TextAt(array, i, column);
        }

        return result;
    }

    /// <summary>As .NET ticks in UTC, missing as <see cref="long.MinValue"/>.</summary>
    public static long[] Ticks(IArrowArray array, string column)
    {
        var result = new long[array.Length];
        var epoch = DateTime.UnixEpoch.Ticks;
        switch (array)
        {
            case TimestampArray a:
                var unit = ((TimestampType)a.Data.DataType).Unit;
                var values = a.Values;
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = a.NullCount > 0 && a.IsNull(i) ? long.MinValue : epoch + ToTicks(values[i], unit, column);
                }

                break;
            case Date32Array a:
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = a.IsNull(i) ? long.MinValue : epoch + (a.Values[i] * TimeSpan.TicksPerDay);
                }

                break;
            case Date64Array a:
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = a.IsNull(i) ? long.MinValue : epoch + (a.Values[i] * TimeSpan.TicksPerMillisecond);
                }

                break;
            default: throw WrongType(array, column, "time");
        }

        return result;
    }

    public static long? IntegerAt(IArrowArray array, int row) => array.IsNull(row) ? null : array switch
    {
        Int8Array a => a.Values[row],
        Int16Array a => a.Values[row],
        Int32Array a => a.Values[row],
        Int64Array a => a.Values[row],
        UInt8Array a => a.Values[row],
        UInt16Array a => a.Values[row],
        UInt32Array a => a.Values[row],
        UInt64Array a => checked((long)a.Values[row]),
        _ => throw WrongType(array, "indices", "whole number"),
    };

    public static ReadOnlySpan<byte> BytesAt(IArrowArray array, int row) => array switch
    {
        BinaryArray a => a.GetBytes(row, out _),
        LargeBinaryArray a => a.GetBytes(row, out _),
        BinaryViewArray a => a.GetBytes(row, out _),
        DictionaryArray a => BytesAt(a.Dictionary, (int)(IntegerAt(a.Indices, row) ?? 0)),
        _ => throw WrongType(array, "values", "text"),
    };

    public static bool IsNumber(IArrowType type) => type is DoubleType or FloatType or HalfFloatType or Int8Type or Int16Type or Int32Type or Int64Type
        or UInt8Type or UInt16Type or UInt32Type or UInt64Type or Decimal128Type;

    public static bool IsTime(IArrowType type) => type is TimestampType or Date32Type or Date64Type;

    public static bool IsText(IArrowType type) => PlainColumns.Of(type) is StringType;

    public static string TimeText(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString(ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>One cell as text; it is not missing.</summary>
    public static string TextAt(IArrowArray array, int row, string column) => array switch
    {
        StringArray a => a.GetString(row),
        DoubleArray a => a.Values[row].ToString("R", CultureInfo.InvariantCulture),
        FloatArray a => a.Values[row].ToString("R", CultureInfo.InvariantCulture),
        BooleanArray a => a.GetValue(row) == true ? "true" : "false",
        Decimal128Array a => a.GetString(row),
        UInt64Array a => a.Values[row].ToString(CultureInfo.InvariantCulture),
        TimestampArray or Date32Array or Date64Array => TimeText(TicksAt(array, row, column)),
        BinaryArray a => Convert.ToHexStringLower(a.GetBytes(row)),
        HalfFloatArray a => a.Values[row].ToString("R", CultureInfo.InvariantCulture),
        _ => IntegerAt(array, row)!.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static long TicksAt(IArrowArray array, int row, string column) => DateTime.UnixEpoch.Ticks + (array switch
    {
        TimestampArray a => ToTicks(a.Values[row], ((TimestampType)a.Data.DataType).Unit, column),
        Date32Array a => a.Values[row] * TimeSpan.TicksPerDay,
        Date64Array a => a.Values[row] * TimeSpan.TicksPerMillisecond,
        _ => throw WrongType(array, column, "time"),
    });

    private static long ToTicks(long value, TimeUnit unit, string column)
    {
        try
        {
            var ticks = unit switch
            {
                TimeUnit.Second => checked(value * TimeSpan.TicksPerSecond),
                TimeUnit.Millisecond => checked(value * TimeSpan.TicksPerMillisecond),
                TimeUnit.Microsecond => checked(value * TimeSpan.TicksPerMicrosecond),
                _ => value / TimeSpan.NanosecondsPerTick,
            };
            if (ticks >= -DateTime.UnixEpoch.Ticks && ticks <= DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks)
            {
                return ticks;
            }
        }
        catch (OverflowException)
        {
            // Reported below, as any other time out of range.
        }

        throw new MlOpsException(ErrorCodes.ColumnType, $"The column '{column}' holds the time {value} {unit}s since 1970, outside the years 1 to 9999: check the unit with which the file was written.");
    }

    private static void Each<TArray>(double[] result, TArray array, Func<TArray, int, double?> read)
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = read(array, i) ?? double.NaN;
        }
    }

    private static MlOpsException WrongType(IArrowArray array, string column, string wanted) => new(
        ErrorCodes.ColumnType,
        $"The column '{column}' has the type {array.Data.DataType.Name} and cannot be read as a {wanted}.");
}
