using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MlOps.Pipelines;

/// <summary>The instruments of pipelines; when nobody listens they cost a flag.</summary>
internal static class PipelineTelemetry
{
    public const string Name = "MlOps.Pipelines";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Instruments = new(Name);

    private static readonly Histogram<double> StepDuration = Instruments.CreateHistogram<double>(
        "mlops.pipelines.step_duration", "s", "How long a step took, its retries included.");

    /// <summary>Tells of a step that ended.</summary>
    public static void Ended(string pipeline, StepRecord record)
    {
        if (StepDuration.Enabled)
        {
            StepDuration.Record(
                record.Duration.TotalSeconds,
                new KeyValuePair<string, object?>("mlops.pipeline", pipeline),
                new KeyValuePair<string, object?>("mlops.step", record.Step),
                new KeyValuePair<string, object?>("mlops.outcome", record.Outcome switch
                {
                    StepOutcome.Cached => "cached",
                    StepOutcome.Failed => "failed",
                    _ => "executed",
                }));
        }
    }
}
