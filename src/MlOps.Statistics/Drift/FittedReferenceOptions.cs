namespace MlOps.Statistics;

/// <summary>How much of a reference sample is kept.</summary>
public sealed record FittedReferenceOptions
{
    /// <summary>The largest number that <see cref="MaximumExactValues"/> may be: 16,777,216.</summary>
    public const int ExactValuesLimit = 1 << 24;

    /// <summary>
    /// The most cells a numeric reference keeps, 4096 by default and at least 16; a quarter of it are quantile cells, the rest single heavy
    /// values.
    /// </summary>
    public int MaximumCells { get; init; } = 4096;

    /// <summary>
    /// The most distinct numbers kept as they are, with their counts, 4096 by default; a column with more is kept in cells.
    /// </summary>
    /// <remarks>
    /// Statistics against exact values are exact, against cells they are intervals. A stored value takes about 1 to 3 bytes where numbers
    /// are whole
    /// or of single precision and 7 otherwise; in memory 16. Set it to 0 to keep quantiles and heavy values alone, as for personal data.
    /// </remarks>
    public int MaximumExactValues { get; init; } = 4096;

    /// <summary>
    /// The most categories kept by name, 1000 by default; beyond it all categories are counted by a hash of their name in as many cells.
    /// </summary>
    /// <remarks>
    /// Keeping the most frequent ones by name instead would raise false alarms: what is chosen for being frequent is less frequent the next
    /// time.
    /// </remarks>
    public int MaximumCategories { get; init; } = 1000;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumCells, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumCategories, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumExactValues);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumExactValues, ExactValuesLimit);
    }
}
