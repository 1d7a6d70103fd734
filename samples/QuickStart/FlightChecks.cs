using MlOps.Data;

namespace QuickStart;

/// <summary>What must hold for a flight to be learned from: an arrival more than an hour early or twelve hours late is a recording error.</summary>
internal static class FlightChecks
{
    public static DataChecks Checks { get; } = DataChecks.Define(
        "flights",
        checks => checks
            .Column("date", column => column.NotNull())
            .Column("delay", column => column.NotNull().InRange(-60, 720))
            .Column("distance", column => column.NotNull().InRange(1, 6000))
            .Column("origin", column => column.NotNull().Matches("^[A-Z]{3}$"))
            .Column("destination", column => column.NotNull().Matches("^[A-Z]{3}$")));
}
