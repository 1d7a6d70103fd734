using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>A run with all that was recorded, but for the metrics' histories.</summary>
public sealed record RunDetails
{
    /// <summary>Identity and state.</summary>
    public required RunInfo Info { get; init; }

    /// <summary>Code, packages and machine at its start.</summary>
    public required RunSnapshot Snapshot { get; init; }

    /// <summary>Parameters by name.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>The latest point of each metric (greatest step, then time) by name.</summary>
    public required IReadOnlyDictionary<string, MetricPoint> Metrics { get; init; }

    /// <summary>Tags by name.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>References of what it read, by role.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>The files it left, sorted by path.</summary>
    public required IReadOnlyList<StoredFile> Artifacts { get; init; }
}
