namespace MlOps.Tracking;

/// <summary>How a run is reproduced and compared.</summary>
public sealed record ReproductionOptions
{
    /// <summary>
    /// The folder for the code, the workspace and the output: empty, or not there yet. Null takes a temporary one, which is removed at
    /// the end unless <see cref="Keep"/> is set.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Whether the checked-out code stays at the end; in a temporary folder, whether all of it stays. Default: no.</summary>
    public bool Keep { get; init; }

    /// <summary>
    /// A repository that has the run's commit; null takes the one that the run was started in, then that of the working directory, then
    /// a clone of the remote.
    /// </summary>
    public string? Repository { get; init; }

    /// <summary>
    /// The project or source file to start, relative to the repository's root; null finds it by the name of the entry assembly.
    /// </summary>
    public string? Project { get; init; }

    /// <summary>The program's arguments instead of the recorded ones; needed where a recorded one was masked.</summary>
    public IReadOnlyList<string>? Arguments { get; init; }

    /// <summary>Environment variables for the program, over the recorded ones; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// How far two numbers a and b may be apart to be equal within tolerance: |a − b| ≤ tolerance · max(1, |a|, |b|). Default 1e-6.
    /// </summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The longest time for building and running. Default one hour; the program and its children are then killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The names of metrics that are not compared because they measure the machine, such as durations; a <c>*</c> at the end stands for any
    /// ending. Default: <c>system/*</c>.
    /// </summary>
    public IReadOnlyList<string> IgnoredMetrics { get; init; } = ["system/*"];

    /// <summary>
    /// The paths of files that are not compared, such as reports that show the time; a <c>*</c> at the end stands for any ending.
    /// </summary>
    public IReadOnlyList<string> IgnoredArtifacts { get; init; } = [];

    /// <summary>Hears what is being done.</summary>
    public IProgress<string>? Progress { get; init; }
}
