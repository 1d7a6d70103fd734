namespace MlOps.Statistics;

/// <summary>How many values a column has on both sides.</summary>
internal readonly record struct ColumnSizes(string Column, long Reference, long ReferenceMissing, long Current, long CurrentMissing);
