namespace MlOps.Serving;

/// <summary>How models are held and followed.</summary>
public sealed class ServingOptions
{
    /// <summary>The configuration section that binds to it.</summary>
    public const string SectionName = "MlOps:Serving";

    /// <summary>How often, while predictions are asked for, the registry is asked whether an alias moved. Default 2 seconds; at least 1 millisecond.</summary>
    [AllowedRange("00:00:00.001")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The most rows of one run of the engine; longer batches are cut. Default 64.</summary>
    [AllowedRange(1)]
    public int MaxBatchSize { get; set; } = 64;

    /// <summary>How many calls run at once per model; more wait their turn. Default: the processors of the machine.</summary>
    [AllowedRange(1)]
    public int MaxLanes { get; set; } = Environment.ProcessorCount;
}
