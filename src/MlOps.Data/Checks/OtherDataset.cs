namespace MlOps.Data;

/// <summary>Another data set that a rule looks at.</summary>
/// <param name="Dataset">The data.</param>
/// <param name="Path">The file that a check file names, in full; null where code made the data set, which no check file can hold.</param>
internal sealed record OtherDataset(Dataset Dataset, string? Path = null);
