using System.Data.Common;
using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data.Sources.Text;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources;

/// <summary>One column of a query, from the database's cells to Arrow's.</summary>
internal sealed class QueryColumn
{
    private const int DecimalDigits = 38;
    private const int UndeclaredScale = 9;
    private readonly ColumnAppender _appender;
    private readonly Action<DbDataReader> _append;

    /// <param name="field">The column as it shall be.</param>
    /// <param name="ordinal">Its place in the answer.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: no column is built of that type.</exception>
    public QueryColumn(Field field, int ordinal)
    {
        (Field, Ordinal) = (field, ordinal);
        _appender = ColumnAppender.For(field);
        _append = Appending();
    }

    public Field Field { get; }

    public int Ordinal { get; }

    /// <summary>What the database says of its columns beside their types; null where it says nothing.</summary>
    public static IReadOnlyList<DbColumn>? Declared(DbDataReader reader)
    {
        try
        {
            return reader.CanGetColumnSchema() && reader.GetColumnSchema() is { } columns && columns.Count == reader.FieldCount ? columns : null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The column that holds values of a type; null where there is none.</summary>
    public static IArrowType? TypeOf(Type type, DbColumn? declared) =>
        type == typeof(string) || type == typeof(char) || type == typeof(Guid) || type == typeof(TimeOnly) ? StringType.Default
        : type == typeof(long) ? Int64Type.Default
        : type == typeof(int) ? Int32Type.Default
        : type == typeof(short) ? Int16Type.Default
        : type == typeof(sbyte) ? Int8Type.Default
        : type == typeof(ulong) ? UInt64Type.Default
        : type == typeof(uint) ? UInt32Type.Default
        : type == typeof(ushort) ? UInt16Type.Default
        : type == typeof(byte) ? UInt8Type.Default
        : type == typeof(double) || type == typeof(TimeSpan) ? DoubleType.Default
        : type == typeof(float) ? FloatType.Default
        : type == typeof(bool) ? BooleanType.Default
        : type == typeof(byte[]) ? BinaryType.Default
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? CellText.Time
        : type == typeof(DateOnly) ? Date32Type.Default
        : type == typeof(decimal) ? new Decimal128Type(DecimalDigits, declared?.NumericScale is >= 0 and <= 28 and { } scale ? scale : UndeclaredScale)
        : null;

    public void Append(DbDataReader reader)
    {
        if (reader.IsDBNull(Ordinal))
        {
            _appender.AppendMissing();
        }
        else
        {
            _append(reader);
        }
    }

    public IArrowArray Build() => _appender.Build();

    private Action<DbDataReader> Appending() => Field.DataType switch
    {
        StringType => reader => _appender.AppendText(Text(reader.GetValue(Ordinal))),
        BinaryType => reader => _appender.AppendBytes((byte[])reader.GetValue(Ordinal)),
        BooleanType => reader => _appender.AppendBoolean(Convert.ToBoolean(reader.GetValue(Ordinal), CultureInfo.InvariantCulture)),
        Int64Type => reader => _appender.AppendValue(reader.GetInt64(Ordinal)),
        DoubleType => reader => _appender.AppendValue(reader.GetValue(Ordinal) is TimeSpan span ? span.TotalSeconds : Convert.ToDouble(reader.GetValue(Ordinal), CultureInfo.InvariantCulture)),
        FloatType => reader => _appender.AppendValue(Convert.ToSingle(reader.GetValue(Ordinal), CultureInfo.InvariantCulture)),
        Int32Type => reader => _appender.AppendValue(Convert.ToInt32(reader.GetValue(Ordinal), CultureInfo.InvariantCulture)),
        Int16Type => reader => _appender.AppendValue(Convert.ToInt16(reader.GetValue(Ordinal), CultureInfo.InvariantCulture)),
        Int8Type => reader => _appender.AppendValue(Convert.ToSByte(reader.GetValue(Ordinal), CultureInfo.InvariantCulture)),
        UInt64Type => reader => _appender.AppendValue(Convert.ToUInt64(reader.GetValue(Ordinal), CultureInfo.InvariantCulture)),
        UInt32Type => reader => _appender.AppendValue(Convert.ToUInt32(reader.GetValue(Ordinal), CultureInfo.InvariantCulture)),
        UInt16Type => reader => _appender.AppendValue(Convert.ToUInt16(reader.GetValue(Ordinal), CultureInfo.InvariantCulture)),
        UInt8Type => reader => _appender.AppendValue(Convert.ToByte(reader.GetValue(Ordinal), CultureInfo.InvariantCulture)),
        Decimal128Type type => reader => _appender.AppendValue(Unscaled(Convert.ToDecimal(reader.GetValue(Ordinal), CultureInfo.InvariantCulture), type)),
        TimestampType type => reader => _appender.AppendValue(Since1970(Ticks(reader), type.Unit)),
        Date32Type => reader => _appender.AppendValue((int)Floor(Ticks(reader) - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerDay)),
        _ => throw new MlOpsException(
            ErrorCodes.ColumnType, $"The type {Field.DataType.Name} of the column '{Field.Name}' is not one that a query's cells are put into: use a number, text, a boolean, a timestamp or a date."),
    };

    private static string Text(object value) => value switch
    {
        string text => text,
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        byte[] => throw new InvalidCastException("it is binary"),
        _ => value.ToString() ?? "",
    };

    private long Ticks(DbDataReader reader) => reader.GetValue(Ordinal) switch
    {
        DateTimeOffset time => time.UtcTicks,
        DateTime { Kind: DateTimeKind.Local } time => time.ToUniversalTime().Ticks,
        DateTime time => time.Ticks,
        DateOnly date => date.DayNumber * TimeSpan.TicksPerDay,
        string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcTicks,
        _ => reader.GetDateTime(Ordinal).Ticks,
    };

    private static long Since1970(long ticks, TimeUnit unit)
    {
        var since = ticks - DateTime.UnixEpoch.Ticks;
        return unit switch
        {
            TimeUnit.Second => Floor(since, TimeSpan.TicksPerSecond),
            TimeUnit.Millisecond => Floor(since, TimeSpan.TicksPerMillisecond),
            TimeUnit.Microsecond => Floor(since, TimeSpan.TicksPerMicrosecond),
            _ => checked(since * TimeSpan.NanosecondsPerTick),
        };
    }

    private static long Floor(long value, long unit)
    {
        var (whole, rest) = Math.DivRem(value, unit);
        return rest < 0 ? whole - 1 : whole;
    }

    private static Int128 Unscaled(decimal value, Decimal128Type type)
    {
        var rounded = type.Scale < 28 ? Math.Round(value, type.Scale, MidpointRounding.ToEven) : value;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(rounded, bits);
        var magnitude = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var unscaled = (Int128)magnitude;
        for (var scale = rounded.Scale; scale < type.Scale; scale++)
        {
            unscaled = checked(unscaled * 10);
        }

        return decimal.IsNegative(value) ? -unscaled : unscaled;
    }
}
