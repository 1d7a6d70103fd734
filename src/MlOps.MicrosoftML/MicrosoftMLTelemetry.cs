using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MlOps.MicrosoftML;

/// <summary>The instruments of training: what ML.NET itself takes, so that the rest of the time is the SDK's; when nobody listens they cost a flag.</summary>
internal static class MicrosoftMLTelemetry
{
    public const string Name = "MlOps.MicrosoftML";

    private static readonly Meter Instruments = new(Name);

    private static readonly Histogram<double> FitDuration = Instruments.CreateHistogram<double>(
        "mlops.training.fit_duration", "s", "How long ML.NET took to fit a pipeline.");

    private static readonly Histogram<double> ScoringDuration = Instruments.CreateHistogram<double>(
        "mlops.training.scoring_duration", "s", "How long ML.NET took for one pass of a fitted model over rows.");

    /// <summary>Records a fit and gives its seconds.</summary>
    public static double RecordFit(long started)
    {
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        FitDuration.Record(seconds);
        return seconds;
    }

    public static void RecordScoring(long started) => ScoringDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
}
