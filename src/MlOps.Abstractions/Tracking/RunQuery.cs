namespace MlOps.Tracking;

/// <summary>Which runs to list.</summary>
public sealed record RunQuery
{
    /// <summary>Only runs of this experiment; null for all.</summary>
    public string? Experiment { get; init; }

    /// <summary>Only runs with this status; null for all.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Only runs nested in this one.</summary>
    public RunId? Parent { get; init; }

    /// <summary>Only runs older than this one: the last of a page gives the next page, which neither skips nor repeats while runs arrive.</summary>
    public RunId? Before { get; init; }

    /// <summary>How many runs at the most, newest first. Default 100.</summary>
    public int Limit { get; init; } = 100;
}
