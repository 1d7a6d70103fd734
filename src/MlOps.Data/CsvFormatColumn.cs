namespace MlOps.Data;

/// <summary>What was decided about one column of a CSV file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its cells are.</param>
/// <param name="Reason">Why: from which rows, and which cell ruled a narrower type out.</param>
public sealed record CsvFormatColumn(string Name, CellType Type, string Reason);
