using System.Diagnostics;

namespace MlOps.Statistics;

/// <summary>One question asked of a column, with its evidence, its size and the verdict on it.</summary>
[DebuggerDisplay("{Kind}: drift {HasDrift}, p {AdjustedPValue}, {EffectName} {Effect}")]
public sealed record DriftFinding
{
    /// <summary>What the finding is about.</summary>
    public required DriftFindingKind Kind { get; init; }

    /// <summary>How the p-value was computed, such as "Kolmogorov–Smirnov, exact given ties".</summary>
    public required string TestName { get; init; }

    /// <summary>
    /// The p-value before correction; NaN where no test is possible or none is needed, and then it does not count in the family.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>The p-value after correction over the family; NaN where there was no test.</summary>
    public double AdjustedPValue { get; init; } = double.NaN;

    /// <summary>What <see cref="Effect"/> measures.</summary>
    public required string EffectName { get; init; }

    /// <summary>The size of the difference, not negative; NaN where it is not defined.</summary>
    public required double Effect { get; init; }

    /// <summary>The effect from which on a difference counts.</summary>
    public required double MinimumEffect { get; init; }

    /// <summary>
    /// The smallest true effect that is found in four of five pairs of samples of these sizes, at the strictest level that the correction
    /// may ask
    /// for: of numbers by a shift of all values. Never below <see cref="MinimumEffect"/>, and NaN where there was no test.
    /// </summary>
    public double SmallestDetectableEffect { get; init; } = double.NaN;

    /// <summary>Whether the finding is both evident and large enough.</summary>
    public bool HasDrift { get; init; }

    /// <summary>The finding in a sentence that a person can act on.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The sentence's facts, without the verdict.</summary>
    internal string Facts { get; init; } = string.Empty;

    /// <summary>Whether the effect counts although it is below the minimum, as a rare thing that became frequent.</summary>
    internal bool CountsAnyway { get; init; }

    /// <summary>From the level of the test to the smallest effect found with power 80 %.</summary>
    internal Func<double, double>? Detectable { get; init; }
}
