namespace MlOps.Tracking;

/// <summary>A part of what a search found.</summary>
public sealed record RunPage
{
    /// <summary>The runs, in the order that was asked for.</summary>
    public required IReadOnlyList<RunSummary> Runs { get; init; }

    /// <summary>What <see cref="RunQuery.PageToken"/> takes to go on after the last of them; null when nothing follows.</summary>
    public string? NextPageToken { get; init; }
}
