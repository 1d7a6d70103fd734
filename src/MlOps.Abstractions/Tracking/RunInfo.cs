using System.Diagnostics;

namespace MlOps.Tracking;

/// <summary>A run's identity and state.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record RunInfo
{
    /// <summary>The run's id.</summary>
    public required RunId Id { get; init; }

    /// <summary>The experiment it belongs to.</summary>
    public required string Experiment { get; init; }

    /// <summary>Its name, for people; not unique.</summary>
    public required string Name { get; init; }

    /// <summary>How it stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs. Of a lost run, its last sign of life.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last sign of life of its process.</summary>
    public required DateTimeOffset HeartbeatAt { get; init; }

    /// <summary>The run that it is nested in.</summary>
    public RunId? Parent { get; init; }

    /// <summary>The exception that ended a failed run, the signal that cancelled it, or why it counts as lost.</summary>
    public string? Failure { get; init; }

    /// <summary>The machine it ran on.</summary>
    public required string Host { get; init; }

    /// <summary>Its process id on that machine.</summary>
    public required int ProcessId { get; init; }

    /// <summary>
    /// When that process started, which tells it from a later one of the same id: opaque, and comparable on its machine alone. Null when the
    /// system did not say; then the heartbeat decides whether a process of that id is the run's.
    /// </summary>
    public string? ProcessStart { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Experiment}/{Name} {Status} ({Id})";
}
