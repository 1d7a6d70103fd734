using System.Globalization;
using MlOps.Data;
using MlOps.Features;

namespace QuickStart;

/// <summary>One flight. Its delay is known only after it has landed: the model never sees it.</summary>
/// <param name="Id">The flight's position in the file.</param>
/// <param name="Date">Departure, UTC.</param>
/// <param name="Delay">Arrival delay in minutes.</param>
/// <param name="Distance">Miles.</param>
/// <param name="Origin">Airport code.</param>
/// <param name="Destination">Airport code.</param>
internal sealed record Flight(string Id, DateTimeOffset Date, double Delay, double Distance, string Origin, string Destination)
{
    public bool IsLate => Delay > 15;

    /// <summary>When the delay is known: half an hour on the ground, 450 miles an hour, and the delay itself.</summary>
    public DateTimeOffset Arrived => ArrivedAt(Date, Distance, Delay);

    public static DateTimeOffset ArrivedAt(DateTimeOffset date, double distance, double delay) =>
        date.AddMinutes(30 + (distance / 7.5) + Math.Max(0, delay));

    /// <summary>The feed reports landings once an hour: until then nobody knows of one.</summary>
    public static DateTimeOffset ReportedAt(DateTimeOffset arrived) =>
        new((arrived.UtcTicks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    public static string IdOf(long position) => "F" + position.ToString("D6", CultureInfo.InvariantCulture);

    public static Flight Read(DatasetRow row) => new(
        row.Text("id")!, row.Time("date"), row.Number("delay"), row.Number("distance"), row.Text("origin")!, row.Text("destination")!);

    /// <summary>What is known of the flight when the prediction is asked for.</summary>
    public FeatureRequest ToRequest() => new(Date)
    {
        ["date"] = Date,
        ["distance"] = Distance,
        ["origin"] = Origin,
        ["destination"] = Destination,
    };
}
