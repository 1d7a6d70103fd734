namespace MlOps.Sqlite;

/// <summary>A connection with its prepared statements; used by one thread at a time.</summary>
internal abstract class SqlSession : IDisposable
{
    private readonly Dictionary<string, SqlStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>Begins a transaction that will write.</summary>
    public abstract void Begin();

    /// <summary>Begins a transaction that only reads: all its statements see one state.</summary>
    public abstract void BeginRead();

    public abstract void Commit();

    /// <summary>Takes back what was done since <see cref="Begin"/>; harmless where the database has done so by itself.</summary>
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
