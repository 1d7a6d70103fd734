namespace MlOps.Registry;

/// <summary>The losses of a candidate and of what it would replace, on the same rows.</summary>
/// <remarks>Lower is better; NaN leaves a row out. Positions mean the same row in all three lists.</remarks>
public sealed record PairedLosses
{
    /// <summary>The metric, chosen before the losses were looked at, such as <c>log loss</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The candidate's loss on each row.</summary>
    public required ReadOnlyMemory<double> Candidate { get; init; }

    /// <summary>The loss of the incumbent version, or of the named baseline, on each row.</summary>
    public required ReadOnlyMemory<double> Incumbent { get; init; }

    /// <summary>The block of each row, such as its day's number: rows of one block share their luck. Empty makes each row its own block.</summary>
    public ReadOnlyMemory<int> Blocks { get; init; }
}
