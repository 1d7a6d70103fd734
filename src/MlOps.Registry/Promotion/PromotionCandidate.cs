namespace MlOps.Registry;

/// <summary>A model version that asks for an alias, with what the gates judge it by.</summary>
public sealed record PromotionCandidate
{
    /// <summary>The version that asks.</summary>
    public required ModelVersion Version { get; init; }

    /// <summary>The version that the losses were compared with: where the alias stood when it was read; null when it was not set.</summary>
    public int? Incumbent { get; init; }

    /// <summary>What it was compared with when there is no incumbent, such as <c>climatology</c>.</summary>
    public string? Baseline { get; init; }

    /// <summary>The losses on the same rows; null when no gate needs them.</summary>
    public PairedLosses? Losses { get; init; }

    /// <summary>Measured values by name; where a name is missing, the metrics that the version was registered with count.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();
}
