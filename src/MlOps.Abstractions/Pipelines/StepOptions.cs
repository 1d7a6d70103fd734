namespace MlOps.Pipelines;

/// <summary>How a step is versioned, cached and retried.</summary>
public sealed record StepOptions
{
    /// <summary>The defaults: cached, versioned by its code, one attempt, no time limit.</summary>
    public static StepOptions Default { get; } = new();

    /// <summary>
    /// An explicit version of the code; change it when the step's meaning changes. Null takes the hash of the method's code and of what it
    /// calls in its own assembly; where the runtime has no such code (native AOT), an explicit version is required.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>
    /// What the step depends on besides its inputs: settings, seeds, fields of the object that the method belongs to and captured
    /// variables, none of which the code's hash can see.
    /// </summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether an equal key takes the earlier value. Default true; false runs the step in every execution.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>How often the step is tried before it counts as failed. Default 1.</summary>
    public int MaxAttempts { get; init; } = 1;

    /// <summary>The pause before the second attempt, doubled for each further one, with up to 25 % jitter. Default one second.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The time limit of one attempt; null for none. The step's token is cancelled when it passes.</summary>
    public TimeSpan? Timeout { get; init; }
}
