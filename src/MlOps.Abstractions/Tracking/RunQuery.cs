namespace MlOps.Tracking;

/// <summary>Which runs to find, in which order.</summary>
public sealed record RunQuery
{
    /// <summary>The greatest <see cref="Limit"/>.</summary>
    public const int MaximumLimit = 50_000;

    /// <summary>Only runs of this experiment; null for all.</summary>
    public string? Experiment { get; init; }

    /// <summary>Only runs with this status; null for all.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Only runs nested in this one.</summary>
    public RunId? Parent { get; init; }

    /// <summary>Only runs of which this holds; null for all.</summary>
    public RunFilter? Filter { get; init; }

    /// <summary>The keys to sort by. What is equal by all of them, and everything when there are none, comes newest first.</summary>
    public IReadOnlyList<RunOrder> OrderBy { get; init; } = [];

    /// <summary>
    /// The <see cref="RunPage.NextPageToken"/> of the page before; null for the first page. Pages neither skip nor repeat runs while others
    /// arrive; a run whose sort key changes between two pages is found where it then stands.
    /// </summary>
    public string? PageToken { get; init; }

    /// <summary>How many runs a page has at the most, from 1 to <see cref="MaximumLimit"/>. Default 100.</summary>
    public int Limit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumLimit);
            field = value;
        }
    } = 100;
}
