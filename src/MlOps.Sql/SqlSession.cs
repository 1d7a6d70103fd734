namespace MlOps.Sql;

/// <summary>A connection with its prepared statements; used by one thread at a time.</summary>
internal abstract class SqlSession : IDisposable
{
    private readonly Dictionary<string, SqlStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>What ends a SELECT whose row is judged before it is changed: the row is then held until the transaction ends.</summary>
    public virtual string ForUpdate => "";

    /// <summary>Whether the connection is gone and the session with it.</summary>
    public virtual bool IsLost => false;

    /// <summary>Begins a transaction that will write.</summary>
    public abstract void Begin();

    /// <summary>Begins a transaction that only reads: all its statements see one state.</summary>
    public abstract void BeginRead();

    public abstract void Commit();

    /// <summary>Takes back what was done since <see cref="Begin"/>; harmless where that has been done, or the database is gone.</summary>
    public abstract void Rollback();

    /// <summary>The statement for a text, prepared when first asked for; its parameters are <c>@0</c>, <c>@1</c> and so on.</summary>
    public SqlStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = Prepare(sql);
        }

        return statement;
    }

    /// <summary>Takes many rows for one insertion; ends with <see cref="SqlRows.Complete"/>, before the transaction does.</summary>
    public virtual SqlRows Rows(SqlInsert insert) => new SqlRowByRow(Statement(insert.RowText));

    /// <summary>Takes the values of many runs of a statement; ends with <see cref="SqlRows.Complete"/>, before the transaction does.</summary>
    public virtual SqlRows Each(string sql) => new SqlRowByRow(Statement(sql));

    /// <summary>All tables but the journal of migrations, those that others refer to first.</summary>
    public abstract IReadOnlyList<SqlTable> Tables();

    /// <summary>Called when a table was filled with rows that brought their ids: the next id must not be one of theirs.</summary>
    public virtual void Loaded(SqlTable table)
    {
    }

    public int Execute(string sql, params ReadOnlySpan<SqlValue> values) => Statement(sql).Execute(values);

    public long? Integer(string sql, params ReadOnlySpan<SqlValue> values) => Statement(sql).Integer(values);

    public string? String(string sql, params ReadOnlySpan<SqlValue> values) => Statement(sql).String(values);

    public List<T> List<T>(string sql, Func<SqlStatement, T> read, params ReadOnlySpan<SqlValue> values) => Statement(sql).List(read, values);

    /// <summary>Reads all rows of a text that is not kept prepared: one of too many to keep.</summary>
    public List<T> ListOnce<T>(string sql, Func<SqlStatement, T> read, params ReadOnlySpan<SqlValue> values)
    {
        using var statement = Prepare(sql);
        return statement.List(read, values);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        Close();
    }

    protected abstract SqlStatement Prepare(string sql);

    protected abstract void Close();
}
