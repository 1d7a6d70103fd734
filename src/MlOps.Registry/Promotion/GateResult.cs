using System.Diagnostics;

namespace MlOps.Registry;

/// <summary>What a gate found.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record GateResult
{
    /// <summary>The gate's name.</summary>
    public required string Gate { get; init; }

    /// <summary>Whether the candidate may pass.</summary>
    public required bool Passed { get; init; }

    /// <summary>Why, in a sentence with the numbers.</summary>
    public required string Reason { get; init; }

    /// <summary>The numbers that the verdict rests on, by name.</summary>
    public IReadOnlyDictionary<string, double> Evidence { get; init; } = new Dictionary<string, double>();

    /// <inheritdoc/>
    public override string ToString() => $"{(Passed ? "passed" : "refused")} {Gate}: {Reason}";
}
