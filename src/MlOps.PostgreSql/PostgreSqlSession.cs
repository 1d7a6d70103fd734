using System.Data;
using Npgsql;
using MlOps.Sql;

namespace MlOps.PostgreSql;

/// <summary>A session over one connection.</summary>
internal sealed class PostgreSqlSession(NpgsqlConnection connection) : SqlSession
{
    private readonly Dictionary<SqlInsert, PostgreSqlRows> _rows = [];
    private NpgsqlTransaction? _transaction;

    public override string ForUpdate => " FOR UPDATE";

    public override bool IsLost => (connection.FullState & ConnectionState.Open) == 0;

    public override void Begin() => Begin(IsolationLevel.ReadCommitted);

    public override void BeginRead() => Begin(IsolationLevel.RepeatableRead);

    public override void Commit()
    {
        _transaction!.Commit();
        End();
    }

    public override void Rollback()
    {
        try
        {
            if (!IsLost)
            {
                _transaction?.Rollback();
            }
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, or the server ended the transaction by itself: nothing of it is left either way.
        }
        finally
        {
            End();
        }
    }

    public override SqlRows Rows(SqlInsert insert)
    {
        if (!_rows.TryGetValue(insert, out var rows))
        {
            _rows[insert] = rows = new PostgreSqlRows(connection, insert);
        }

        rows.Clear();
        return rows;
    }

    public override SqlRows Each(string sql) => new PostgreSqlBatch(connection, new PostgreSqlText(sql));

    public override IReadOnlyList<SqlTable> Tables()
    {
        // Tables are made after those that they refer to, and oids grow.
        const string Names =
            "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            + "WHERE n.nspname = current_schema AND c.relkind = 'r' AND c.relname <> 'schemaversions' ORDER BY c.oid";
        const string Columns =
            "SELECT column_name::text, data_type::text FROM information_schema.columns "
            + "WHERE table_schema = current_schema AND table_name = @0 ORDER BY ordinal_position";
        return [.. List(Names, row => row.Text(0)).Select(name => new SqlTable(name, List(Columns, Column, name)))];
    }

    public override void Loaded(SqlTable table)
    {
        const string Identity =
            "SELECT column_name::text FROM information_schema.columns "
            + "WHERE table_schema = current_schema AND table_name = @0 AND is_identity = 'YES'";
        if (String(Identity, table.Name) is { } id)
        {
            var next = $"(SELECT coalesce(max({id}), 0) + 1 FROM {table.Name})";
            Integer($"SELECT setval(pg_get_serial_sequence(@0, @1), {next}, false)", table.Name, id);
        }
    }

    protected override SqlStatement Prepare(string sql) => new PostgreSqlStatement(connection, sql);

    protected override void Close()
    {
        foreach (var rows in _rows.Values)
        {
            rows.Dispose();
        }

        End();
        connection.Dispose();
    }

    private static SqlColumn Column(SqlStatement row) => new(row.Text(0), row.Text(1) switch
    {
        "bigint" => SqlValueKind.Integer,
        "double precision" => SqlValueKind.Real,
        "text" => SqlValueKind.Text,
        _ => SqlValueKind.Bytes,
    });

    // It is sent together with the first statement.
    private void Begin(IsolationLevel level) => _transaction = IsLost
        ? throw new NpgsqlException("The connection was lost while it was not used.")
        : connection.BeginTransaction(level);

    private void End()
    {
        _transaction?.Dispose();
        _transaction = null;
    }
}
