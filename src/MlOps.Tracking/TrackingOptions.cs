namespace MlOps.Tracking;

/// <summary>How runs are recorded.</summary>
public sealed class TrackingOptions
{
    /// <summary>The configuration section that binds to it.</summary>
    public const string SectionName = "MlOps:Tracking";

    /// <summary>The most time between recording an event and sending it to the store. Default 200 ms.</summary>
    [AllowedRange("00:00:00.001")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many events a run holds before recording waits for the store. Default 65,536; the memory is taken as it is needed.</summary>
    [AllowedRange(16)]
    public int BufferCapacity { get; set; } = 65_536;

    /// <summary>How often a run tells the store that it lives. Default 5 s.</summary>
    [AllowedRange("00:00:00.001")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How old the last sign of life of a lost run is at least. Default 30 s; at least two heartbeats.</summary>
    [AllowedRange("00:00:00.002")]
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a locked store is tried again before the failure is reported. Default 10 s.</summary>
    [AllowedRange("00:00:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The most bytes of the uncommitted diff that a run keeps, files that git does not know yet included; 0 keeps none. Default 4 MiB.
    /// </summary>
    [AllowedRange(0)]
    public int MaximumDiffBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// The environment variables that a snapshot records; a <c>*</c> at the end stands for any ending. Values that belong to a secret's
    /// name are masked. Default: what changes how .NET and numeric libraries compute, and the configuration of this SDK.
    /// </summary>
    public IList<string> EnvironmentVariables { get; } =
    [
        "DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "DOTNET_PROCESSOR_COUNT",
        "DOTNET_Enable*", "DOTNET_gc*", "DOTNET_GC*", "DOTNET_Tiered*", "DOTNET_TC_*", "DOTNET_ThreadPool_*",
        "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "CUDA_VISIBLE_DEVICES", "LANG", "LC_ALL", "TZ", "MlOps__*",
    ];

    /// <summary>
    /// The configuration sections whose values a snapshot records, secrets masked; an empty name takes all of the configuration. Default:
    /// <c>MlOps</c>.
    /// </summary>
    public IList<string> ConfigurationSections { get; } = ["MlOps"];
}
