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

    /// <summary>The most bytes of the uncommitted diff that a run keeps; 0 keeps none. Default 4 MiB.</summary>
    [AllowedRange(0)]
    public int MaximumDiffBytes { get; set; } = 4 * 1024 * 1024;
}
