namespace MlOps.Sql;

/// <summary>An insertion of many rows: described, and not written as SQL, so that each database does it in its fastest way.</summary>
internal sealed class SqlInsert
{
    /// <param name="table">The table.</param>
    /// <param name="duplicates">What becomes of rows with equal keys.</param>
    /// <param name="keyColumns">How many of the columns, from the first on, are the primary key.</param>
    /// <param name="columns">All columns that are filled.</param>
    public SqlInsert(string table, SqlDuplicates duplicates, int keyColumns, params SqlColumn[] columns)
    {
        Columns = columns;
        Key = string.Join(", ", columns.Take(keyColumns).Select(column => column.Name));
        Duplicates = duplicates;
        Into = $"INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))})";
        OnConflict = duplicates switch
        {
            SqlDuplicates.Refused => "",
            SqlDuplicates.Ignored => " ON CONFLICT DO NOTHING",
            _ => $" ON CONFLICT ({Key}) DO UPDATE SET "
                + string.Join(", ", columns.Skip(keyColumns).Select(column => $"{column.Name} = excluded.{column.Name}")),
        };
        RowText = $"{Into} VALUES ({string.Join(", ", columns.Select((_, i) => $"@{i}"))}){OnConflict}";
    }

    public IReadOnlyList<SqlColumn> Columns { get; }

    public SqlDuplicates Duplicates { get; }

    /// <summary>The names of the key's columns, separated by commas.</summary>
    public string Key { get; }

    /// <summary>The beginning of the statement: <c>INSERT INTO table (columns)</c>.</summary>
    public string Into { get; }

    /// <summary>The end of the statement: what becomes of duplicates.</summary>
    public string OnConflict { get; }

    /// <summary>The statement for a single row.</summary>
    public string RowText { get; }
}
