namespace MlOps.Sql;

/// <summary>A table with all its columns.</summary>
internal sealed record SqlTable(string Name, IReadOnlyList<SqlColumn> Columns);
