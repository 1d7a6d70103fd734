namespace MlOps.Statistics;

/// <summary>How well the reference's principal components reproduce current rows.</summary>
public sealed record ReconstructionResult
{
    /// <summary>The mean error of the reference rows held out, in standard deviations of the columns.</summary>
    public required double ReferenceError { get; init; }

    /// <summary>The mean error of the current rows; NaN with none. An extreme value can carry it far: the p-value goes by ranks.</summary>
    public required double CurrentError { get; init; }

    /// <summary>The Kolmogorov–Smirnov distance of the two samples of errors; NaN with no current row.</summary>
    public required double Statistic { get; init; }

    /// <summary>
    /// The Kolmogorov–Smirnov p-value: the probability of errors differing this much if nothing differs; 1 with no current row.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>The columns, the most changed first.</summary>
    public required IReadOnlyList<ReconstructionColumn> Columns { get; init; }
}
