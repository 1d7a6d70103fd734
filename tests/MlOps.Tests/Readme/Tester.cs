using MlOps.Data;

namespace MlOps.Tests.Readme;

internal static class Tester
{
    public static async Task RunAsync()
    {
        // begin
        var checks = DataChecks.Define("flights", flights => flights
            .Column("delay", delay => delay.NotNull().InRange(-60, 720).Mostly(0.999))
            .Column("origin", origin => origin.Matches("^[A-Z]{3}$")));
        var today = Dataset.FromCsv("today.csv");

        var report = await checks.RunAsync(today);
        Assert.True(report.Passed, report.ToText());            // names every failed check with its rows

        var drift = await today.DriftFromAsync(Dataset.FromCsv("reference.csv"));
        Assert.False(drift.HasDrift, drift.ToString());         // effect and evidence, corrected for all columns
        // end
    }
}
