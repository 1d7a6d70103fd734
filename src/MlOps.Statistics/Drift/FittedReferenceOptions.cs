namespace MlOps.Statistics;

/// <summary>How much of a reference sample is kept.</summary>
public sealed record FittedReferenceOptions
{
    /// <summary>The most cells a numeric reference keeps, 4096 by default and at least 16; a quarter of it are quantile cells, the rest single heavy values.</summary>
    public int MaximumCells { get; init; } = 4096;

    /// <summary>The most categories kept by name, 1000 by default; beyond it all categories are counted by a hash of their name in as many cells.</summary>
    /// <remarks>Keeping the most frequent ones by name instead would raise false alarms: what is chosen for being frequent is less frequent the next time.</remarks>
    public int MaximumCategories { get; init; } = 1000;
}
