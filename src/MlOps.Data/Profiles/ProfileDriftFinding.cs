using MlOps.Statistics;

namespace MlOps.Data;

/// <summary>One comparison of a column between two profiles.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Aspect">What was compared: <c>values</c>, <c>missing</c> or <c>column</c>.</param>
/// <param name="Decision">
/// Drift when the difference is evident and large enough wherever the truth lies within the bounds; undecided where the sketches leave it
/// open.
/// </param>
/// <param name="Effect">
/// How large the difference is, from 0 to 1: the KS distance of numbers, the total variation of texts and booleans, the change of the share
/// of
/// missing values. NaN where it cannot be told.
/// </param>
/// <param name="PValue">The p-value, corrected for the number of comparisons. NaN where there was no test.</param>
/// <param name="Explanation">The finding in words.</param>
public sealed record ProfileDriftFinding(
    string Column, string Aspect, SketchDecision Decision, StatisticInterval Effect, StatisticInterval PValue, string Explanation);
