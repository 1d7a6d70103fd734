namespace MlOps.Tracking;

/// <summary>How a run starts.</summary>
public sealed record RunOptions
{
    /// <summary>The run's name for people; default: the experiment's name and the start time.</summary>
    public string? Name { get; init; }

    /// <summary>The run it is nested in.</summary>
    public RunId? Parent { get; init; }

    /// <summary>
    /// A lost, failed, cancelled or finished run that goes on, by its id or an unambiguous end of it, in place of a new one. Its
    /// parameters, points and files are kept, its parameters still may not change; name, parent and snapshot stay those of its first start.
    /// </summary>
    public RunId? Resume { get; init; }

    /// <summary>Whether the system is sampled while the run is open; null does as the tracker's options say.</summary>
    public bool? SystemMetrics { get; init; }

    /// <summary>
    /// Whether what the process writes to its console while the run is open is kept with it; null does as the tracker's options say.
    /// </summary>
    public bool? CaptureConsole { get; init; }

    /// <summary>Tags to set at once.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Seeds that the program uses, recorded so that it can be run again.</summary>
    public IReadOnlyDictionary<string, long> Seeds { get; init; } = new Dictionary<string, long>();
}
