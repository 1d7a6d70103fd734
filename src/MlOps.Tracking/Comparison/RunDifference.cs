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
}
