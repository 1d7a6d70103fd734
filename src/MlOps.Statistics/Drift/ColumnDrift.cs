using System.Diagnostics;

namespace MlOps.Statistics;

/// <summary>What the comparison of one column with its reference found.</summary>
[DebuggerDisplay("{Column}: drift {HasDrift}, p {AdjustedPValue}, effect {Effect}")]
public sealed record ColumnDrift
{
    /// <summary>The name of the column; empty where one sample was compared by itself.</summary>
    public required string Column { get; init; }

    /// <summary>
    /// How the values are compared; a column that is not on both sides, or has changed its type, has the kind of the reference.
    /// </summary>
    public DriftColumnKind Kind { get; init; }

    /// <summary>
    /// Every question asked of the column, the values first: the flat members below repeat those of values and missing rate.
    /// </summary>
    public required IReadOnlyList<DriftFinding> Findings { get; init; }

    /// <summary>The test of the values, such as "Kolmogorov–Smirnov".</summary>
    public required string TestName { get; init; }

    /// <summary>The value of the test's statistic; NaN where a side has no value.</summary>
    public required double Statistic { get; init; }

    /// <summary>The degrees of freedom of the chi-squared test after pooling; 0 for other tests.</summary>
    public int DegreesOfFreedom { get; init; }

    /// <summary>The p-value of the values before correction; 1 where a side has no value.</summary>
    public required double PValue { get; init; }

    /// <summary>The p-value after correction over the family of the report.</summary>
    public required double AdjustedPValue { get; init; }

    /// <summary>The measure of <see cref="Effect"/>: "KS distance" or "total variation beyond chance", both from 0 to 1.</summary>
    public required string EffectName { get; init; }

    /// <summary>The size of the difference of the values; NaN where a side has no value.</summary>
    public required double Effect { get; init; }

    /// <summary>The effect from which on a difference counts.</summary>
    public required double MinimumEffect { get; init; }

    /// <summary>
    /// The true effect found in four of five pairs of samples of these sizes in this family; NaN where a side has no value, and 1 at most.
    /// </summary>
    public required double SmallestDetectableEffect { get; init; }

    /// <summary>The values in the reference that are not missing.</summary>
    public required long ReferenceCount { get; init; }

    /// <summary>The values in the current sample that are not missing.</summary>
    public required long CurrentCount { get; init; }

    /// <summary>The share of the reference's rows whose value is missing; NaN without rows.</summary>
    public required double ReferenceMissingRate { get; init; }

    /// <summary>The share of the current rows whose value is missing; NaN without rows.</summary>
    public required double CurrentMissingRate { get; init; }

    /// <summary>The p-value of equal missing rates before correction; 1 where nothing is missing.</summary>
    public required double MissingPValue { get; init; }

    /// <summary>The p-value of equal missing rates after correction over the family.</summary>
    public required double AdjustedMissingPValue { get; init; }

    /// <summary>
    /// Categories that the reference has not seen, in ordinal order; at most 4096, and none where the reference counts by hash.
    /// </summary>
    public required IReadOnlyList<string> NewCategories { get; init; }

    /// <summary>
    /// Categories of the reference that did not occur, in ordinal order; in a small sample a rare one may be missing by chance.
    /// </summary>
    public required IReadOnlyList<string> VanishedCategories { get; init; }

    /// <summary>The stability index over reference deciles or categories; a description, it has no part in the verdict.</summary>
    public required double PopulationStabilityIndex { get; init; }

    /// <summary>The Jensen–Shannon distance, base 2, over the same bins; a description, it has no part in the verdict.</summary>
    public required double JensenShannonDistance { get; init; }

    /// <summary>Whether any finding is drift, by evidence and by size.</summary>
    public required bool HasDrift { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>From a KS distance to the least move of all values, in the column's unit, that makes it.</summary>
    internal Func<double, double>? Move { get; init; }

    /// <summary>What a person has to know beside the verdict, such as what is not compared.</summary>
    internal string Note { get; init; } = string.Empty;
}
