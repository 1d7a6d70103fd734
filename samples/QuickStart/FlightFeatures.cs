using MlOps.Features;

namespace QuickStart;

/// <summary>The features, defined once: training joins them point-in-time, serving looks them up.</summary>
internal static class FlightFeatures
{
    /// <summary>The offline source that both views read: flights by the time they landed. A landing counts from when it was reported.</summary>
    public const string Arrivals = "arrivals";

    public static FeatureView ByOrigin { get; } = FeatureView.Define(
        "origin_arrivals", entity: ["origin"], source: Arrivals, timestamp: "arrived",
        view => view.Id("id").Created("reported").Mean("origin_late_share_3h", "late", TimeSpan.FromHours(3)));

    public static FeatureView ByRoute { get; } = FeatureView.Define(
        "route_arrivals", entity: ["origin", "destination"], source: Arrivals, timestamp: "arrived",
        view => view.Id("id").Created("reported").Mean("route_late_share_7d", "late", TimeSpan.FromDays(7)));

    public static FeatureService DelayModel { get; } = FeatureService.Define(
        "flight_delay",
        service => service
            .Compute("hour", ["date"], row => row.Time("date").Hour)
            .Compute("weekday", ["date"], row => (int)row.Time("date").DayOfWeek)
            .FromRequest("distance", "origin", "destination")
            .From(ByOrigin, "origin_late_share_3h")
            .From(ByRoute, "route_late_share_7d"));
}
