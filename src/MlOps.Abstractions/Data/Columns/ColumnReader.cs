using System.Numerics;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlOps.Data.Columns;

/// <summary>Reads the cells of one Arrow column as numbers, texts or times, whatever the column's width or encoding.</summary>
/// <remarks>
/// <para>
/// The Arrow type is looked at once a call and not once a cell: read runs of cells. Dictionary-encoded columns read as their values; a
/// slice reads from its own first row. Nothing is kept of the column; safe to read from several threads.
/// </para>
/// <para>What is missing (null) is NaN as a number, null as a text and <see cref="MissingTicks"/> as a time. A NaN in the column stays NaN.</para>
/// </remarks>
public readonly partial struct ColumnReader
{
    /// <summary>Stands for a missing time among ticks; no time has this number.</summary>
    public const long MissingTicks = long.MinValue;

    private readonly IArrowArray _array;
    private readonly string _column;
    private readonly string? _dataset;

    /// <summary>Reads from an array, which stays its owner's.</summary>
    /// <param name="array">The column's cells.</param>
    /// <param name="column">The column's name, for messages.</param>
    /// <param name="dataset">The data set's name, for messages; null leaves it out.</param>
    public ColumnReader(IArrowArray array, string column, string? dataset = null)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(column);
        (_array, _column, _dataset) = (array, column, dataset);
    }

    private delegate void Reading<T>(ColumnReader values, Span<T> destination, int start);

    /// <summary>How many cells the column has.</summary>
    public int Length => _array.Length;

    /// <summary>What the cells hold; a dictionary-encoded column holds what its values are.</summary>
    public ColumnKind Kind => KindOf(_array.Data.DataType);

    /// <summary>What kind of value a type holds; a dictionary-encoded one holds what its values are.</summary>
    public static ColumnKind KindOf(IArrowType type) => PlainColumns.Of(type) switch
    {
        DoubleType or FloatType or HalfFloatType or Int8Type or Int16Type or Int32Type or Int64Type
            or UInt8Type or UInt16Type or UInt32Type or UInt64Type or Decimal128Type => ColumnKind.Number,
        TimestampType or Date32Type or Date64Type => ColumnKind.Time,
        StringType => ColumnKind.Text,
        BooleanType => ColumnKind.Boolean,
        _ => ColumnKind.Other,
    };

    /// <summary>Reads as doubles, missing as NaN; booleans are 0 and 1, times are seconds since 1970 (UTC).</summary>
    /// <param name="destination">Is filled with as many cells as it is long.</param>
    /// <param name="start">The first cell read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column has fewer cells.</exception>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: it holds text or another type that is no number.</exception>
    public void ReadNumbers(Span<double> destination, int start = 0) =>
        ReadNumbers(destination, start, static (values, into, from) => values.ReadNumbers(into, from));

    /// <summary>Reads as single-precision numbers, whole numbers rounded once; missing as NaN, booleans as 0 and 1, times as seconds since 1970 (UTC).</summary>
    /// <param name="destination">Is filled with as many cells as it is long.</param>
    /// <param name="start">The first cell read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column has fewer cells.</exception>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: it holds text or another type that is no number.</exception>
    public void ReadNumbers(Span<float> destination, int start = 0) =>
        ReadNumbers(destination, start, static (values, into, from) => values.ReadNumbers(into, from));

    /// <summary>Reads times of any unit and dates as .NET ticks in UTC (<see cref="DateTimeOffset.UtcTicks"/>), missing as <see cref="MissingTicks"/>.</summary>
    /// <remarks>Nanoseconds are rounded down to a tick, 100 ns.</remarks>
    /// <param name="destination">Is filled with as many cells as it is long.</param>
    /// <param name="start">The first cell read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column has fewer cells.</exception>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: it holds no times, or one outside the years 1 to 9999.</exception>
    public void ReadTicks(Span<long> destination, int start = 0)
    {
        RequireRange(start, destination.Length);
        switch (_array)
        {
            case TimestampArray a: ReadTimestamps(a.Values.Slice(start, destination.Length), ((TimestampType)a.Data.DataType).Unit, destination, start); break;
            case Date32Array a: Scale(a.Values.Slice(start, destination.Length), TimeSpan.TicksPerDay, "days", destination, start); break;
            case Date64Array a: Scale(a.Values.Slice(start, destination.Length), TimeSpan.TicksPerMillisecond, "milliseconds", destination, start); break;
            case DictionaryArray a: ReadEncoded(a, destination, start, MissingTicks, static (values, into, from) => values.ReadTicks(into, from)); break;
            default: throw WrongType("time");
        }

        MarkMissing(destination, start, MissingTicks);
    }

    private static void Cast<TCell, T>(ReadOnlySpan<TCell> cells, Span<T> destination, int start)
        where TCell : struct, INumberBase<TCell>
        where T : struct, INumberBase<T>
    {
        cells = cells.Slice(start, destination.Length);
        if (typeof(TCell) == typeof(T))
        {
            MemoryMarshal.Cast<TCell, T>(cells).CopyTo(destination);
            return;
        }

        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = T.CreateTruncating(cells[i]);
        }
    }

    private void ReadNumbers<T>(Span<T> destination, int start, Reading<T> read)
        where T : struct, IFloatingPointIeee754<T>
    {
        RequireRange(start, destination.Length);
        switch (_array)
        {
            case DoubleArray a: Cast(a.Values, destination, start); break;
            case FloatArray a: Cast(a.Values, destination, start); break;
            case HalfFloatArray a: Cast(a.Values, destination, start); break;
            case Int64Array a: Cast(a.Values, destination, start); break;
            case Int32Array a: Cast(a.Values, destination, start); break;
            case Int16Array a: Cast(a.Values, destination, start); break;
            case Int8Array a: Cast(a.Values, destination, start); break;
            case UInt64Array a: Cast(a.Values, destination, start); break;
            case UInt32Array a: Cast(a.Values, destination, start); break;
            case UInt16Array a: Cast(a.Values, destination, start); break;
            case UInt8Array a: Cast(a.Values, destination, start); break;
            case Decimal128Array a:
                for (var i = 0; i < destination.Length; i++)
                {
                    destination[i] = T.CreateTruncating(a.GetSqlDecimal(start + i)?.ToDouble() ?? double.NaN);
                }

                break;
            case BooleanArray a:
                var bits = a.ValueBuffer.Span;
                for (var i = 0; i < destination.Length; i++)
                {
                    // Without a branch: truth values are often as good as random, and each wrong guess would cost more than the rest.
                    var position = a.Offset + start + i;
                    destination[i] = T.CreateTruncating((bits[position >> 3] >> (position & 7)) & 1);
                }

                break;
            case TimestampArray or Date32Array or Date64Array:
                var ticks = new long[destination.Length];
                ReadTicks(ticks, start);
                for (var i = 0; i < destination.Length; i++)
                {
                    destination[i] = T.CreateTruncating((double)(ticks[i] - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond);
                }

                break;
            case DictionaryArray a: ReadEncoded(a, destination, start, T.NaN, read); break;
            default: throw WrongType("number");
        }

        MarkMissing(destination, start, T.NaN);
    }

    private void ReadTimestamps(ReadOnlySpan<long> values, TimeUnit unit, Span<long> destination, int start)
    {
        switch (unit)
        {
            case TimeUnit.Second: Scale(values, TimeSpan.TicksPerSecond, "seconds", destination, start); break;
            case TimeUnit.Millisecond: Scale(values, TimeSpan.TicksPerMillisecond, "milliseconds", destination, start); break;
            case TimeUnit.Microsecond: Scale(values, TimeSpan.TicksPerMicrosecond, "microseconds", destination, start); break;
            default:
                // All nanoseconds of 64 bits lie in the years 1677 to 2262.
                for (var i = 0; i < destination.Length; i++)
                {
                    var (ticks, rest) = Math.DivRem(values[i], TimeSpan.NanosecondsPerTick);
                    destination[i] = DateTime.UnixEpoch.Ticks + ticks - (rest < 0 ? 1 : 0);
                }

                break;
        }
    }

    private void Scale<T>(ReadOnlySpan<T> values, long ticksPerUnit, string unit, Span<long> destination, int start)
        where T : struct, IBinaryInteger<T>
    {
        // Compared in the column's unit, so that no product overflows.
        var first = -DateTime.UnixEpoch.Ticks / ticksPerUnit;
        var last = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / ticksPerUnit;
        for (var i = 0; i < destination.Length; i++)
        {
            var value = long.CreateTruncating(values[i]);
            if ((value < first || value > last) && _array.IsValid(start + i))
            {
                throw new MlOpsException(
                    ErrorCodes.ColumnType,
                    $"{Where} holds the time {value} {unit} since 1970, outside the years 1 to 9999: check the unit with which the file was written.");
            }

            destination[i] = DateTime.UnixEpoch.Ticks + unchecked(value * ticksPerUnit);
        }
    }

    private void ReadEncoded<T>(DictionaryArray encoded, Span<T> destination, int start, T missing, Reading<T> read)
    {
        var positions = new double[destination.Length];
        new ColumnReader(encoded.Indices, _column, _dataset).ReadNumbers(positions, start);

        // Each value is decoded once, unless there are more of them than cells to read.
        var values = new ColumnReader(encoded.Dictionary, _column, _dataset);
        var decoded = values.Length <= destination.Length ? new T[values.Length] : null;
        if (decoded is not null)
        {
            read(values, decoded, 0);
        }

        for (var i = 0; i < destination.Length; i++)
        {
            if (double.IsNaN(positions[i]))
            {
                destination[i] = missing;
            }
            else if (decoded is not null)
            {
                destination[i] = decoded[(int)positions[i]];
            }
            else
            {
                read(values, destination.Slice(i, 1), (int)positions[i]);
            }
        }
    }

    private void MarkMissing<T>(Span<T> destination, int start, T missing)
    {
        if (_array.NullCount == 0)
        {
            return;
        }

        var valid = _array.Data.Buffers[0].Span;
        for (var i = 0; i < destination.Length; i++)
        {
            if (!BitUtility.GetBit(valid, _array.Data.Offset + start + i))
            {
                destination[i] = missing;
            }
        }
    }

    private string Where => _dataset is null ? $"The column '{_column}'" : $"The column '{_column}' of the data set '{_dataset}'";

    private void RequireRange(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - start);
    }

    private MlOpsException WrongType(string wanted) => new(
        ErrorCodes.ColumnType, $"{Where} has the type {_array.Data.DataType.Name} and cannot be read as a {wanted}.");
}
