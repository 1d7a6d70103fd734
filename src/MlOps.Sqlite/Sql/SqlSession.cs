using System.Data.Common;

namespace MlOps.Sqlite;

/// <summary>A connection with its prepared statements; used by one thread at a time.</summary>
internal sealed class SqlSession(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqlStatement> _statements = new(StringComparer.Ordinal);
    private DbTransaction? _transaction;

    public DbTransaction Begin() => _transaction = connection.BeginTransaction();

    public void Commit() => _transaction!.Commit();

    public void End() => _transaction = null;

    /// <summary>The statement for a text, prepared when first asked for; its parameters are <c>@0</c>, <c>@1</c> and so on.</summary>
    public SqlStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this package; values go through parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            _statements[sql] = statement = new SqlStatement(command);
        }

        statement.Enlist(_transaction);
        return statement;
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Statement(sql).Execute(values);

    public object? Scalar(string sql, params ReadOnlySpan<object?> values) => Statement(sql).Scalar(values);

    public List<T> List<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        using var reader = Statement(sql).Read(values);
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
