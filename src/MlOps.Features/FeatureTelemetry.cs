using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MlOps.Features;

/// <summary>The instruments of the feature store; when nobody listens they cost a flag.</summary>
internal static class FeatureTelemetry
{
    public const string Name = "MlOps.Features";

    private static readonly Meter Instruments = new(Name);

    private static readonly Histogram<double> LookupDuration = Instruments.CreateHistogram<double>(
        "mlops.features.lookup_duration", "s", "How long the features of a call took, of one request or a batch.");

    /// <summary>Whether somebody listens; without, nothing need be measured.</summary>
    public static bool Enabled => LookupDuration.Enabled;

    /// <summary>Tells how long an answer took since <paramref name="started"/>, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public static async ValueTask<IReadOnlyList<FeatureVector>> MeasureAsync(
        ValueTask<IReadOnlyList<FeatureVector>> answer, string service, long started)
    {
        var vectors = await answer.ConfigureAwait(false);
        LookupDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("mlops.feature_service", service));
        return vectors;
    }
}
