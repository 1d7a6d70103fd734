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

    /// <summary>How long a store that is locked or out of reach is tried again before the failure is reported. Default 10 s.</summary>
    [AllowedRange("00:00:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the end of the process waits until runs that were not completed are flushed and ended; zero leaves them to be found lost.
    /// Default 5 s.
    /// </summary>
    [AllowedRange("00:00:00")]
    public TimeSpan ExitTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether names of metrics, parameters, tags and inputs may hold any character but control characters. Default false: letters,
    /// digits and <c>_ . - : /</c> and blanks, as MLflow allows.
    /// </summary>
    public bool AnyNames { get; set; }

    /// <summary>The most characters of a parameter's value. Default 6,000, as MLflow allows.</summary>
    [AllowedRange(1)]
    public int MaximumParameterLength { get; set; } = 6000;

    /// <summary>The most characters of a tag's or input's value. Default 8,000, as MLflow allows.</summary>
    [AllowedRange(1)]
    public int MaximumTagLength { get; set; } = 8000;

    /// <summary>
    /// Whether processor, memory, garbage collection, threads, disk, network and graphics processors are sampled while a run is open, as
    /// metrics named <c>system/…</c>; a run may say otherwise in its <see cref="RunOptions"/>. Default false.
    /// </summary>
    public bool SystemMetrics { get; set; }

    /// <summary>How often the system is sampled. Default 10 s.</summary>
    [AllowedRange("00:00:00.010")]
    public TimeSpan SystemMetricsInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether what the process writes to its console while a run is open is kept as its file <c>logs/console.txt</c>; a run may say
    /// otherwise in its <see cref="RunOptions"/>. Default false.
    /// </summary>
    public bool CaptureConsole { get; set; }

    /// <summary>
    /// The most characters of console output that a run keeps: half from the beginning and half from the end. Default 1,048,576.
    /// </summary>
    [AllowedRange(1024)]
    public int MaximumConsoleCharacters { get; set; } = 1_048_576;

    /// <summary>Is sent a JSON message when a run starts, ends or is found lost; null sends none. Default null.</summary>
    public Uri? Webhook { get; set; }

    /// <summary>How long an attempt to send a message may take. Default 5 s.</summary>
    [AllowedRange("00:00:00.010")]
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a message is tried, with growing pauses, before it is given up. Default 3.</summary>
    [AllowedRange(1)]
    public int WebhookAttempts { get; set; } = 3;

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
