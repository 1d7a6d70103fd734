namespace MlOps.Sql;

/// <summary>Copies all tables from one database into another with the same migrations, row by row, ids included.</summary>
internal static class SqlCopy
{
    /// <returns>The number of rows by table.</returns>
    public static IReadOnlyDictionary<string, long> Run(SqlSession from, SqlSession to)
    {
        var tables = from.Tables();
        foreach (var table in tables)
        {
            if (to.Integer($"SELECT 1 FROM {table.Name} LIMIT 1") is not null)
            {
                throw new MlOpsException(
                    ErrorCodes.StorageNotEmpty,
                    $"The database to copy to holds rows already (table '{table.Name}'); nothing was copied. "
                    + "Choose an empty one, or another schema.");
            }
        }

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            counts[table.Name] = Copy(from, to, table);
            to.Loaded(table);
        }

        return counts;
    }

    private static long Copy(SqlSession from, SqlSession to, SqlTable table)
    {
        var columns = table.Columns;
        var rows = to.Rows(new SqlInsert(table.Name, SqlDuplicates.Refused, 0, [.. columns]));
        var values = new SqlValue[columns.Count];
        var count = 0L;
        from.Statement($"SELECT {string.Join(", ", columns.Select(column => column.Name))} FROM {table.Name}").Each(row =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = row.IsNull(i) ? default : columns[i].Kind switch
                {
                    SqlValueKind.Integer => row.GetInt64(i),
                    SqlValueKind.Real => row.Number(i),
                    SqlValueKind.Text => row.Text(i),
                    _ => row.GetBytes(i).ToArray(),
                };
            }

            rows.Add(values);
            count++;
        });
        rows.Complete();
        return count;
    }
}
