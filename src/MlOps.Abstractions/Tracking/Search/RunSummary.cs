using System.Diagnostics;

namespace MlOps.Tracking;

/// <summary>A run as a search finds it: its state and its values, without snapshot and files.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record RunSummary
{
    /// <summary>Identity and state.</summary>
    public required RunInfo Info { get; init; }

    /// <summary>Parameters by name.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>The latest point of each metric (greatest step, then time) by name.</summary>
    public required IReadOnlyDictionary<string, MetricPoint> Metrics { get; init; }

    /// <summary>Tags by name.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>References of what it read, by role.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>The run's id.</summary>
    public RunId Id => Info.Id;

    /// <inheritdoc/>
    public override string ToString() => Info.ToString();
}
