using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MlOps.Data;

/// <summary>The instruments of data checks; when nobody listens they cost a flag.</summary>
internal static class DataTelemetry
{
    public const string Name = "MlOps.Data";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Instruments = new(Name);

    private static readonly Counter<long> Checks = Instruments.CreateCounter<long>(
        "mlops.data.checks", "{check}", "Checks that were run.");

    private static readonly Histogram<double> CheckDuration = Instruments.CreateHistogram<double>(
        "mlops.data.check_duration", "s", "How long a suite took for a data set.");

    /// <summary>Tells of a suite that was run.</summary>
    /// <param name="report">What it found.</param>
    /// <param name="started">When it began, by <see cref="Stopwatch.GetTimestamp"/>.</param>
    public static void Ran(CheckReport report, long started)
    {
        var suite = new KeyValuePair<string, object?>("mlops.suite", report.Suite);
        if (Checks.Enabled)
        {
            foreach (var group in report.Results.GroupBy(Outcome))
            {
                Checks.Add(group.Count(), suite, new KeyValuePair<string, object?>("mlops.outcome", group.Key));
            }
        }

        if (CheckDuration.Enabled)
        {
            CheckDuration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                suite,
                new KeyValuePair<string, object?>("mlops.outcome", report.Passed ? "passed" : "failed"));
        }
    }

    private static string Outcome(CheckResult result) =>
        result.Passed ? "passed" : result.Severity == CheckSeverity.Warning ? "warning" : "failed";
}
