namespace MlOps.Data.Sources.JsonLines;

/// <summary>A key and what its values are.</summary>
internal readonly record struct JsonColumn(string Name, CellType Type);
