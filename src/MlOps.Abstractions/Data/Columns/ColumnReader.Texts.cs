using System.Globalization;
using Apache.Arrow;

namespace MlOps.Data.Columns;

public readonly partial struct ColumnReader
{
    /// <summary>The text of a time: ISO 8601 in UTC, with a fraction only where there is one.</summary>
    /// <param name="ticks">As <see cref="DateTimeOffset.UtcTicks"/>; not <see cref="MissingTicks"/>.</param>
    public static string TimeText(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString(ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads as strings, missing as null; numbers, booleans and times in their invariant form, binary values as hexadecimal digits.</summary>
    /// <remarks>Equal short texts of one call are mostly one string object.</remarks>
    /// <param name="destination">Is filled with as many cells as it is long.</param>
    /// <param name="start">The first cell read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column has fewer cells.</exception>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: its type has no form as text here, such as a list.</exception>
    public void ReadTexts(Span<string?> destination, int start = 0)
    {
        RequireRange(start, destination.Length);
        switch (_array)
        {
            case StringArray a: ReadStrings(a, destination, start); break;
            case LargeStringArray or StringViewArray:
                var pool = new StringPool();
                var texts = PlainColumns.BytesOf(_array);
                ReadEach(row => pool.Get(texts(row)), destination, start);
                break;
            case DoubleArray a: Format(a.Values, destination, start); break;
            case FloatArray a: Format(a.Values, destination, start); break;
            case HalfFloatArray a: Format(a.Values, destination, start); break;
            case Int64Array a: Format(a.Values, destination, start); break;
            case Int32Array a: Format(a.Values, destination, start); break;
            case Int16Array a: Format(a.Values, destination, start); break;
            case Int8Array a: Format(a.Values, destination, start); break;
            case UInt64Array a: Format(a.Values, destination, start); break;
            case UInt32Array a: Format(a.Values, destination, start); break;
            case UInt16Array a: Format(a.Values, destination, start); break;
            case UInt8Array a: Format(a.Values, destination, start); break;
            case Decimal128Array a: ReadEach(a.GetString, destination, start); break;
            case BooleanArray a: ReadEach(row => a.GetValue(row) == true ? "true" : "false", destination, start); break;
            case TimestampArray or Date32Array or Date64Array:
                var ticks = new long[destination.Length];
                ReadTicks(ticks, start);
                ReadEach(row => TimeText(ticks[row - start]), destination, start);
                break;
            case DictionaryArray a: ReadEncoded(a, destination, start, null, static (values, into, from) => values.ReadTexts(into, from)); break;
            case BinaryArray or LargeBinaryArray or BinaryViewArray:
                var bytes = PlainColumns.BytesOf(_array);
                ReadEach(row => Convert.ToHexStringLower(bytes(row)), destination, start);
                break;
            default: throw WrongType("text");
        }
    }

    // The most frequent encoding: its bytes are found without asking the array for each cell.
    private static void ReadStrings(StringArray array, Span<string?> destination, int start)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        var pool = new StringPool();
        var mayMiss = array.NullCount > 0;
        var offsets = array.ValueOffsets.Slice(start, destination.Length + 1);
        var bytes = array.Data.Buffers[2].Span;
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = mayMiss && array.IsNull(start + i) ? null : pool.Get(bytes[offsets[i]..offsets[i + 1]]);
        }
    }

    private void Format<T>(ReadOnlySpan<T> values, Span<string?> destination, int start)
        where T : struct, IFormattable
    {
        var mayMiss = _array.NullCount > 0;
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = mayMiss && _array.IsNull(start + i) ? null : values[start + i].ToString(null, CultureInfo.InvariantCulture);
        }
    }

    private void ReadEach(Func<int, string> textAt, Span<string?> destination, int start)
    {
        var mayMiss = _array.NullCount > 0;
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = mayMiss && _array.IsNull(start + i) ? null : textAt(start + i);
        }
    }
}
