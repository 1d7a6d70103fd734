using Microsoft.Data.Sqlite;
using MlOps.Sql;
using SQLitePCL;

namespace MlOps.Sqlite;

/// <summary>A session over SQLite's own statements: an ADO.NET command costs several times what a small statement does.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : SqlSession
{
    private readonly sqlite3 _handle = connection.Handle!;

    // At once, and not with the first write: a transaction that starts by reading could not become a writer beside another one.
    public override void Begin() => Execute("BEGIN IMMEDIATE");

    public override void BeginRead() => Execute("BEGIN");

    public override void Commit() => Execute("COMMIT");

    public override void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    public override IReadOnlyList<SqlTable> Tables() =>
    [
        .. List(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'SchemaVersions' AND name NOT LIKE 'sqlite%' ORDER BY rowid",
            row => row.Text(0)).Select(name => new SqlTable(name, List("SELECT name, type FROM pragma_table_info(@0)", Column, name))),
    ];

    private static SqlColumn Column(SqlStatement row) => new(row.Text(0), row.Text(1) switch
    {
        "INTEGER" => SqlValueKind.Integer,
        "REAL" => SqlValueKind.Real,
        "TEXT" => SqlValueKind.Text,
        _ => SqlValueKind.Bytes,
    });

    protected override SqlStatement Prepare(string sql)
    {
        var result = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        SqliteException.ThrowExceptionForRC(result, _handle);
        return new SqliteStatement(_handle, statement);
    }

    protected override void Close() => connection.Dispose();
}
