namespace MlOps.Monitoring;

/// <summary>The buffer between serving and the prediction log; one for all monitored models.</summary>
public sealed class MonitorBufferOptions
{
    /// <summary>The configuration section that binds to it.</summary>
    public const string SectionName = "MlOps:Monitoring";

    /// <summary>How many predictions may wait to be stored; what comes when it is full is lost and counted. Default 100,000.</summary>
    [AllowedRange(1)]
    public int Capacity { get; set; } = 100_000;

    /// <summary>The most predictions stored in one transaction; default 2,000.</summary>
    [AllowedRange(1)]
    public int BatchSize { get; set; } = 2_000;

    /// <summary>How long a prediction may wait for others before its batch is stored; default 200 ms.</summary>
    [AllowedRange("00:00:00.001")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(200);
}
