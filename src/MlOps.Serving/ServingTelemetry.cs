using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MlOps.Serving;

/// <summary>The instruments of serving; when nobody listens they cost a flag.</summary>
internal static class ServingTelemetry
{
    public const string Name = "MlOps.Serving";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Instruments = new(Name);

    public static readonly Counter<long> Predictions = Instruments.CreateCounter<long>(
        "mlops.serving.predictions", "{prediction}", "Answers given.");

    public static readonly Counter<long> Failures = Instruments.CreateCounter<long>(
        "mlops.serving.failures", "{call}", "Calls that failed.");

    public static readonly Counter<long> MonitorFailures = Instruments.CreateCounter<long>(
        "mlops.serving.monitor_failures", "{prediction}", "Answers that the monitor could not be told of.");

    public static readonly Counter<long> InvalidInputs = Instruments.CreateCounter<long>(
        "mlops.serving.invalid_inputs", "{input}", "Inputs that broke their rules, refused or flagged.");

    public static readonly Histogram<double> EngineDuration = Instruments.CreateHistogram<double>(
        "mlops.serving.engine_duration", "s", "How long the engine alone took for a call.");

    public static readonly Histogram<double> Duration = Instruments.CreateHistogram<double>(
        "mlops.serving.duration", "s", "How long a call took.");

    /// <summary>Runs the engine and records what it alone took.</summary>
    public static void RunEngine(IModelSession session, int rows)
    {
        if (!EngineDuration.Enabled)
        {
            session.Run(rows);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        session.Run(rows);
        EngineDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
