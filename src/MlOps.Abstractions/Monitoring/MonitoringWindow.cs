using System.Diagnostics;

namespace MlOps.Monitoring;

/// <summary>What a monitor found in one stretch of time.</summary>
[DebuggerDisplay("{Model} {Start} {Verdict}")]
public sealed record MonitoringWindow
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The first instant of the window.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The first instant after it.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The versions that answered in it, ascending.</summary>
    public required IReadOnlyList<int> ModelVersions { get; init; }

    /// <summary>How many predictions were recorded.</summary>
    public required long Predictions { get; init; }

    /// <summary>How many of them have an outcome.</summary>
    public required long Outcomes { get; init; }

    /// <summary>The findings on inputs and predictions against the version's baseline, one a column.</summary>
    public required IReadOnlyList<ColumnFinding> Columns { get; init; }

    /// <summary>Performance by metric name, such as <c>log_loss</c>; empty without outcomes.</summary>
    public required IReadOnlyDictionary<string, double> Performance { get; init; }

    /// <summary>The rules that were broken; empty when all is well.</summary>
    public required IReadOnlyList<MonitorAlert> Alerts { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Verdict { get; init; }

    /// <summary>Whether a column drifted.</summary>
    public bool HasDrift => Columns.Any(column => column.HasDrift);
}
