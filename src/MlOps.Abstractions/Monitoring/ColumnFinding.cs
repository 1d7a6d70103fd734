namespace MlOps.Monitoring;

/// <summary>What a window's comparison with the baseline says of one column.</summary>
public sealed record ColumnFinding
{
    /// <summary>The input's name, or <c>prediction</c>.</summary>
    public required string Column { get; init; }

    /// <summary>The test, such as <c>Kolmogorov–Smirnov</c>.</summary>
    public required string Test { get; init; }

    /// <summary>The p-value after correction over the window's family of tests.</summary>
    public required double AdjustedPValue { get; init; }

    /// <summary>How large the difference is, from 0 to 1.</summary>
    public required double Effect { get; init; }

    /// <summary>Whether evidence and effect both pass their thresholds.</summary>
    public required bool HasDrift { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }
}
