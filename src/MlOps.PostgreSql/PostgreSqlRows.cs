using Npgsql;
using MlOps.Sql;

namespace MlOps.PostgreSql;

/// <summary>Sends rows as one array a column and inserts them with one statement: a row alone costs a journey to the server.</summary>
internal sealed class PostgreSqlRows : SqlRows, IDisposable
{
    private const int Most = 4096;

    private readonly PostgreSqlColumn[] _columns;
    private readonly NpgsqlCommand _command;
    private int _count;
    private int _changed;

    public PostgreSqlRows(NpgsqlConnection connection, SqlInsert insert)
    {
        _columns = [.. insert.Columns.Select(column => PostgreSqlColumn.Of(column.Kind))];
#pragma warning disable CA2100 // The text is the stores' own; values are parameters.
        _command = new NpgsqlCommand(TextOf(insert), connection);
#pragma warning restore CA2100
        foreach (var column in _columns)
        {
            _command.Parameters.Add(column.Parameter);
        }
    }

    public override void Add(params ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Add(in values[i]);
        }

        if (++_count == Most)
        {
            Send();
        }
    }

    public override int Complete()
    {
        if (_count > 0)
        {
            Send();
        }

        return _changed;
    }

    /// <summary>Begins anew, without what a failed transaction left.</summary>
    public void Clear()
    {
        Forget();
        _changed = 0;
    }

    public void Dispose() => _command.Dispose();

    private void Send()
    {
        _changed += _command.ExecuteNonQuery();
        Forget();
    }

    private void Forget()
    {
        foreach (var column in _columns)
        {
            column.Clear();
        }

        _count = 0;
    }

    internal static string TextOf(SqlInsert insert)
    {
        var names = string.Join(", ", insert.Columns.Select(column => column.Name));
        var arrays = string.Join(", ", insert.Columns.Select((_, i) => $"${i + 1}"));
        if (insert.Duplicates != SqlDuplicates.Replaced)
        {
            return $"{insert.Into} SELECT * FROM unnest({arrays}){insert.OnConflict}";
        }

        // One statement may not replace a row twice: of equal keys the last goes in.
        return $"{insert.Into} SELECT DISTINCT ON ({insert.Key}) {names} FROM unnest({arrays}) WITH ORDINALITY AS given ({names}, ordinal) "
            + $"ORDER BY {insert.Key}, ordinal DESC{insert.OnConflict}";
    }
}
