using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using Microsoft.Data.Analysis;
using MlOps.Data;
using MlOps.Data.Columns;
using Frame = Microsoft.Data.Analysis.DataFrame;

namespace MlOps.DataFrame;

/// <summary>Rows of a data frame.</summary>
internal sealed class FrameSource : IDatasetSource
{
    private const int DecimalScale = 9;
    private readonly Frame _frame;
    private readonly Schema _schema;

    public FrameSource(string name, Frame frame)
    {
        _frame = frame;
        if (frame.Columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } clash)
        {
            throw new MlOpsException(ErrorCodes.ColumnConflict, $"The data frame '{name}' has two columns '{clash.Key}': rename one of them with SetName.");
        }

        _schema = new Schema(frame.Columns.Select(column => new Field(column.Name, TypeOf(column) ?? throw Refused(name, column), true)), metadata: null);
    }

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_schema);

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        var schema = BatchShaping.Select(_schema, options.Columns);
        DataFrameColumn[] columns = [.. schema.FieldsList.Select(field => _frame.Columns[_schema.GetFieldIndex(field.Name, StringComparer.Ordinal)])];
        var end = options.Limit is { } limit && limit < _frame.Rows.Count - options.Offset ? options.Offset + limit : _frame.Rows.Count;
        for (var start = options.Offset; start < end; start += options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(options.BatchSize, end - start);
            yield return new RecordBatch(schema, columns.Select((column, i) => Copy(column, schema.GetFieldByIndex(i), start, count)).ToArray(), count);
        }
    }

    private static IArrowType? TypeOf(DataFrameColumn column) => column switch
    {
        StringDataFrameColumn or ArrowStringDataFrameColumn or PrimitiveDataFrameColumn<char> => StringType.Default,
        PrimitiveDataFrameColumn<bool> => BooleanType.Default,
        PrimitiveDataFrameColumn<sbyte> => Int8Type.Default,
        PrimitiveDataFrameColumn<short> => Int16Type.Default,
        PrimitiveDataFrameColumn<int> => Int32Type.Default,
        PrimitiveDataFrameColumn<long> => Int64Type.Default,
        PrimitiveDataFrameColumn<byte> => UInt8Type.Default,
        PrimitiveDataFrameColumn<ushort> => UInt16Type.Default,
        PrimitiveDataFrameColumn<uint> => UInt32Type.Default,
        PrimitiveDataFrameColumn<ulong> => UInt64Type.Default,
        PrimitiveDataFrameColumn<float> => FloatType.Default,
        PrimitiveDataFrameColumn<double> => DoubleType.Default,
        PrimitiveDataFrameColumn<decimal> => new Decimal128Type(38, DecimalScale),
        PrimitiveDataFrameColumn<DateTime> => new TimestampType(TimeUnit.Microsecond, "UTC"),
        _ => null,
    };

    private static IArrowArray Copy(DataFrameColumn column, Field field, long start, int count)
    {
        var appender = ColumnAppender.For(field);
        switch (column)
        {
            case PrimitiveDataFrameColumn<bool> cells: Each(cells, start, count, appender, appender.AppendBoolean); break;
            case PrimitiveDataFrameColumn<sbyte> cells: Each(cells, start, count, appender, appender.AppendValue); break;
            case PrimitiveDataFrameColumn<short> cells: Each(cells, start, count, appender, appender.AppendValue); break;
            case PrimitiveDataFrameColumn<int> cells: Each(cells, start, count, appender, appender.AppendValue); break;
            case PrimitiveDataFrameColumn<long> cells: Each(cells, start, count, appender, appender.AppendValue); break;
            case PrimitiveDataFrameColumn<byte> cells: Each(cells, start, count, appender, appender.AppendValue); break;
            case PrimitiveDataFrameColumn<ushort> cells: Each(cells, start, count, appender, appender.AppendValue); break;
            case PrimitiveDataFrameColumn<uint> cells: Each(cells, start, count, appender, appender.AppendValue); break;
            case PrimitiveDataFrameColumn<ulong> cells: Each(cells, start, count, appender, appender.AppendValue); break;
            case PrimitiveDataFrameColumn<float> cells: Each(cells, start, count, appender, appender.AppendValue); break;
            case PrimitiveDataFrameColumn<double> cells: Each(cells, start, count, appender, appender.AppendValue); break;
            case PrimitiveDataFrameColumn<char> cells: Each(cells, start, count, appender, letter => appender.AppendText([letter])); break;
            case PrimitiveDataFrameColumn<decimal> cells: Each(cells, start, count, appender, value => appender.AppendValue(Unscaled(value))); break;
            case PrimitiveDataFrameColumn<DateTime> cells: Each(cells, start, count, appender, value => appender.AppendValue(Microseconds(value))); break;
            default:
                for (var row = start; row < start + count; row++)
                {
                    if ((string?)column[row] is { } text)
                    {
                        appender.AppendText(text);
                    }
                    else
                    {
                        appender.AppendMissing();
                    }
                }

                break;
        }

        return appender.Build();
    }

    private static void Each<T>(PrimitiveDataFrameColumn<T> cells, long start, int count, ColumnAppender appender, Action<T> append)
        where T : unmanaged
    {
        for (var row = start; row < start + count; row++)
        {
            if (cells[row] is { } value)
            {
                append(value);
            }
            else
            {
                appender.AppendMissing();
            }
        }
    }

    // The largest decimal has 29 digits: with 9 behind the point it has 38, and fits.
    private static Int128 Unscaled(decimal value)
    {
        var rounded = Math.Round(value, DecimalScale, MidpointRounding.ToEven);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(rounded, bits);
        Int128 unscaled = new(((uint)bits[2]), ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        for (var scale = rounded.Scale; scale < DecimalScale; scale++)
        {
            unscaled *= 10;
        }

        return decimal.IsNegative(value) ? -unscaled : unscaled;
    }

    private static long Microseconds(DateTime time)
    {
        var utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
        var (whole, rest) = Math.DivRem(utc.Ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond);
        return rest < 0 ? whole - 1 : whole;
    }

    private static MlOpsException Refused(string name, DataFrameColumn column) => new(
        ErrorCodes.ColumnType,
        $"The column '{column.Name}' of the data frame '{name}' holds {column.DataType.Name}, which data sets do not hold: remove it from the frame, or split it into columns of numbers or text.");
}
