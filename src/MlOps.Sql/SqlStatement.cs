namespace MlOps.Sql;

/// <summary>
/// A prepared statement whose parameters <c>@0</c>, <c>@1</c> and so on are bound by position, and the row that it stands on. What is particular
/// to a database lies in the derived class.
/// </summary>
internal abstract class SqlStatement : IDisposable
{
    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows were changed.</returns>
    public int Execute(params ReadOnlySpan<SqlValue> values)
    {
        Bind(values);
        try
        {
            while (Step())
            {
            }

            return Changes;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The integer in the first column of the first row; null when there is no row or no value.</summary>
    public long? Integer(params ReadOnlySpan<SqlValue> values)
    {
        Bind(values);
        try
        {
            return Step() && !IsNull(0) ? GetInt64(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The text in the first column of the first row; null when there is no row or no value.</summary>
    public string? String(params ReadOnlySpan<SqlValue> values)
    {
        Bind(values);
        try
        {
            return Step() ? TextOrNull(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Reads all rows.</summary>
    public List<T> List<T>(Func<SqlStatement, T> read, params ReadOnlySpan<SqlValue> values)
    {
        var rows = new List<T>();
        Bind(values);
        try
        {
            while (Step())
            {
                rows.Add(read(this));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Reads all rows without keeping them.</summary>
    public void Each(Action<SqlStatement> read, params ReadOnlySpan<SqlValue> values)
    {
        Bind(values);
        try
        {
            while (Step())
            {
                read(this);
            }
        }
        finally
        {
            Reset();
        }
    }

    public abstract bool IsNull(int column);

    public abstract long GetInt64(int column);

    /// <summary>The bytes of the row that the statement stands on; gone with the next step.</summary>
    public abstract ReadOnlySpan<byte> GetBytes(int column);

    public int GetInt32(int column) => (int)GetInt64(column);

    // A NaN was stored as NULL.
    public double Number(int column) => IsNull(column) ? double.NaN : GetDouble(column);

    public string Text(int column) => SqlText.Unescape(GetString(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateTimeOffset Time(int column) => new(GetInt64(column), TimeSpan.Zero);

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public abstract void Dispose();

    protected abstract int Changes { get; }

    protected abstract void Bind(ReadOnlySpan<SqlValue> values);

    /// <summary>Moves to the next row; false at the end.</summary>
    protected abstract bool Step();

    /// <summary>Lets go of the row and of the locks that reading it took.</summary>
    protected abstract void Reset();

    protected abstract double GetDouble(int column);

    protected abstract string GetString(int column);
}
