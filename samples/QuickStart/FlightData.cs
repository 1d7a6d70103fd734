using MlOps.Data;

namespace QuickStart;

/// <summary>The flights as data sets: what the file holds, and what is derived from it.</summary>
internal static class FlightData
{
    /// <summary>The file with each flight's id, whether it was late, when it landed and when that was reported.</summary>
    public static Dataset Open(string path) => Dataset.FromParquet(path)
        .WithName("flights")
        .WithColumn("id", row => Flight.IdOf(row.Position))
        .WithColumn("late", row => row.Number("delay") > 15, "delay")
        .WithColumn("arrived", row => Flight.ArrivedAt(row.Time("date"), row.Number("distance"), row.Number("delay")), "date", "distance", "delay")
        .WithColumn("reported", row => Flight.ReportedAt(row.Time("arrived")), "arrived");

    /// <summary>Flights in memory, with the columns that the feature views read.</summary>
    public static Dataset ToDataset(string name, IEnumerable<Flight> flights) => Dataset.FromEnumerable(
        name,
        flights,
        columns => columns
            .Column("id", flight => flight.Id)
            .Column("origin", flight => flight.Origin)
            .Column("destination", flight => flight.Destination)
            .Column("late", flight => flight.IsLate)
            .Column("arrived", flight => flight.Arrived)
            .Column("reported", flight => Flight.ReportedAt(flight.Arrived)));
}
