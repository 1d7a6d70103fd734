using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data.Columns;
using MlOps.Data.Sources.Text;

namespace MlOps.Data;

/// <summary>Says which columns objects become, in order, and how each is read from an object.</summary>
/// <typeparam name="T">The type of a row.</typeparam>
public sealed partial class ColumnsBuilder<T>
{
    private readonly List<(Field Field, Action<ColumnAppender, T> Append)> _columns = [];

    internal ColumnsBuilder()
    {
    }

    internal IReadOnlyList<(Field Field, Action<ColumnAppender, T> Append)> Columns => _columns;

    /// <summary>Adds a number.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, double> value) => Fixed(name, DoubleType.Default, value);

    /// <summary>Adds a number that may be missing.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, double?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, DoubleType.Default, (appender, row) =>
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

    /// <summary>Adds a single-precision number.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, float> value) => Fixed(name, FloatType.Default, value);

    /// <summary>Adds a whole number of 64 bits.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, long> value) => Fixed(name, Int64Type.Default, value);

    /// <summary>Adds a whole number of 32 bits.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, int> value) => Fixed(name, Int32Type.Default, value);

    /// <summary>Adds a boolean.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, bool> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, BooleanType.Default, (appender, row) => appender.AppendBoolean(value(row)));
    }

    /// <summary>Adds text; null is missing.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, StringType.Default, (appender, row) =>
        {
            if (value(row) is { } known)
            {
                appender.AppendText(known);
            }
            else
            {
                appender.AppendMissing();
            }
        });
    }

    /// <summary>Adds a time, held in microseconds UTC.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, DateTimeOffset> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Fixed(name, CellText.Time, row => (value(row).UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Adds a time, held in microseconds UTC; one of unspecified kind is taken as UTC.</summary>
    public ColumnsBuilder<T> Column(string name, Func<T, DateTime> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Fixed(name, CellText.Time, row =>
        {
            var time = value(row);
            var utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
            return (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        });
    }

    private ColumnsBuilder<T> Fixed<TValue>(string name, IArrowType type, Func<T, TValue> value)
        where TValue : unmanaged
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, type, (appender, row) => appender.AppendValue(value(row)));
    }

    private ColumnsBuilder<T> Add(string name, IArrowType type, Action<ColumnAppender, T> append)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_columns.Any(column => column.Field.Name == name))
        {
            throw new ArgumentException($"The column '{name}' is there already: give each column its own name.", nameof(name));
        }

        _columns.Add((new Field(name, type, true), append));
        return this;
    }
}
