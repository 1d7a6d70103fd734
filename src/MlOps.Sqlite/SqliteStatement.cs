using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using MlOps.Sql;
using SQLitePCL;

namespace MlOps.Sqlite;

/// <summary>A prepared statement of SQLite.</summary>
internal sealed class SqliteStatement(sqlite3 connection, sqlite3_stmt statement) : SqlStatement
{
    private const int StackBytes = 512;

    // SQLite numbers parameters as they first stand in the text, and a text need not use all of them: "@3" may be its first and only one.
    private readonly int[] _numbers =
        [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(statement)).Select(slot => NumberOf(statement, slot))];

    protected override int Changes => raw.sqlite3_changes(connection);

    public override bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public override long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public override ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(statement, column);

    public override void Dispose() => statement.Dispose();

    protected override double GetDouble(int column) => raw.sqlite3_column_double(statement, column);

    protected override string GetString(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    protected override bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, connection);
        }

        return result == raw.SQLITE_ROW;
    }

    // It returns the failure of the last step again, which has been thrown already.
    protected override void Reset() => _ = raw.sqlite3_reset(statement);

    protected override void Bind(ReadOnlySpan<SqlValue> values)
    {
        for (var slot = 1; slot <= _numbers.Length; slot++)
        {
            var result = Bind(slot, in values[_numbers[slot - 1]]);
            if (result != raw.SQLITE_OK)
            {
                SqliteException.ThrowExceptionForRC(result, connection);
            }
        }
    }

    private static int NumberOf(sqlite3_stmt statement, int slot) =>
        int.Parse(raw.sqlite3_bind_parameter_name(statement, slot).utf8_to_string().AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    private int Bind(int slot, in SqlValue value) => value.Kind switch
    {
        SqlValueKind.Null => raw.sqlite3_bind_null(statement, slot),
        SqlValueKind.Integer => raw.sqlite3_bind_int64(statement, slot, value.AsInteger),
        SqlValueKind.Real => raw.sqlite3_bind_double(statement, slot, value.AsReal),
        SqlValueKind.Text => BindText(slot, value.AsText),
        _ => value.AsBytes.Length == 0
            ? raw.sqlite3_bind_zeroblob(statement, slot, 0)
            : raw.sqlite3_bind_blob(statement, slot, value.AsBytes),
    };

    private int BindText(int slot, string text)
    {
        if (text.Length == 0)
        {
            // No bytes at all would be bound as NULL.
            return raw.sqlite3_bind_text(statement, slot, "");
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= StackBytes)
        {
            Span<byte> bytes = stackalloc byte[StackBytes];
            return raw.sqlite3_bind_text(statement, slot, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return raw.sqlite3_bind_text(statement, slot, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
