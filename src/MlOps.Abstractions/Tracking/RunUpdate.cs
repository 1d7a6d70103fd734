namespace MlOps.Tracking;

/// <summary>A change to a run's state; null members stay as they are.</summary>
public sealed record RunUpdate
{
    /// <summary>The new status; with it <see cref="EndedAt"/> and <see cref="Failure"/> are replaced, also by null.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>When the run ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The process's newest sign of life.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }

    /// <summary>Why it failed or counts as lost.</summary>
    public string? Failure { get; init; }

    /// <summary>A file to add to the run's artifacts, replacing one at the same path.</summary>
    public Storage.StoredFile? Artifact { get; init; }
}
