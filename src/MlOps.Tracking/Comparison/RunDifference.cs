namespace MlOps.Tracking;

/// <summary>One thing that is not the same in all compared runs.</summary>
public sealed record RunDifference
{
    /// <summary>What it is.</summary>
    public required RunDifferenceKind Kind { get; init; }

    /// <summary>The parameter's, metric's, input's, package's or property's name.</summary>
    public required string Name { get; init; }

    /// <summary>The value in each run, in the order of the runs; null where a run has none.</summary>
    public required IReadOnlyList<string?> Values { get; init; }

    /// <summary>How far apart the values are, where that can be said in words; else null.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// Of a metric, its latest values in the finished runs of the same experiment, parameters and inputs as each run; null where no run
    /// has such repeats.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>>? Repeats { get; init; }

    /// <summary>
    /// Of a metric in two runs that both have repeats: the probability that means so far apart are chance, by Welch's t test; else null.
    /// </summary>
    public double? PValue { get; init; }
}
