using Apache.Arrow.Types;

namespace MlOps.Data;

/// <content>Columns of values that may be missing.</content>
public sealed partial class ColumnsBuilder<T>
{
    private static readonly TimestampType _time = new(TimeUnit.Microsecond, "UTC");

    /// <summary>Adds a single-precision number that may be missing.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, float?> value) => Optional(name, FloatType.Default, value);

    /// <summary>Adds a whole number of 64 bits that may be missing.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, long?> value) => Optional(name, Int64Type.Default, value);

    /// <summary>Adds a whole number of 32 bits that may be missing.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, int?> value) => Optional(name, Int32Type.Default, value);

    /// <summary>Adds a boolean that may be missing.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, bool?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, BooleanType.Default, (appender, row) =>
        {
            if (value(row) is { } known)
            {
                appender.AppendBoolean(known);
            }
            else
            {
                appender.AppendMissing();
            }
        });
    }

    /// <summary>Adds a time that may be missing, held in microseconds UTC.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, DateTimeOffset?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Optional(name, _time, row => value(row) is { } time ? Microseconds(time.UtcDateTime) : null);
    }

    /// <summary>Adds a time that may be missing, held in microseconds UTC; one of unspecified kind is taken as UTC.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, DateTime?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Optional(name, _time, row => value(row) is { } time ? Microseconds(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time) : null);
    }

    private static long? Microseconds(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private ColumnsBuilder<T> Optional<TValue>(string name, IArrowType type, Func<T, TValue?> value)
        where TValue : unmanaged
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, type, (appender, row) =>
        {
            if (value(row) is { } known)
            {
                appender.AppendValue(known);
            }
            else
            {
                appender.AppendMissing();
            }
        });
    }
}
