namespace MlOps.Tracking;

/// <summary>How a run starts.</summary>
public sealed record RunOptions
{
    /// <summary>The run's name for people; default: the experiment's name and the start time.</summary>
    public string? Name { get; init; }

    /// <summary>The run it is nested in.</summary>
    public RunId? Parent { get; init; }

    /// <summary>Tags to set at once.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Seeds that the program uses, recorded so that it can be run again.</summary>
    public IReadOnlyDictionary<string, long> Seeds { get; init; } = new Dictionary<string, long>();
}
