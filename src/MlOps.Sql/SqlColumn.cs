namespace MlOps.Sql;

/// <summary>A column that a <see cref="SqlInsert"/> fills, with what its values hold where they are not NULL.</summary>
internal readonly record struct SqlColumn(string Name, SqlValueKind Kind);
