using MlOps.Data;

namespace MlOps.Testing.Tests.Flights;

public sealed class HistoryDocumentTests
{
    [Theory]
    [InlineData("otherdata")]
    [InlineData("history")]
    public void A_block_of_the_document_is_the_code_that_runs(string name) =>
        Assert.Equal(Documents.Source(Path.Combine("tests", "MlOps.Testing.Tests", "Flights", "HistoryDocumentTests.cs"), name), Documents.Block(name));

    [Fact]
    public async Task Other_data_say_what_is_right()
    {
        var token = TestContext.Current.CancellationToken;
        var now = DateTimeOffset.UnixEpoch.AddDays(9);
        Dataset Legs(string name) => Dataset.FromEnumerable(name, Enumerable.Range(0, 500), columns => columns
            .Column("flight_id", i => (long)i)
            .Column("origin", i => i % 100 == 99 ? "XXX" : "JFK")
            .Column("distance", i => 100 + (i * 37 % 900.0))
            .Column("departed", i => now.AddMinutes(-i)));
        var (flights, yesterday, training) = (Legs("today"), Legs("yesterday"), Legs("training"));
        var airports = Dataset.FromEnumerable("airports", ["JFK", "SFO"], columns => columns.Column("iata", code => code));

        // snippet: otherdata
        var checks = DataChecks.Define("flights", c => c
            .Column("origin", origin => origin.InDataset(airports, "iata").Mostly(0.95))
            .Column("departed", departed => departed.Fresh(TimeSpan.FromHours(6)))
            .Column("distance", distance => distance.LikeBaseline(training))
            .EqualTo(yesterday, "flight_id").AsWarning()
            .SameRowCountAs(yesterday));
        // end
        var report = await checks.RunAsync(flights, new CheckOptions { TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now) }, token);
        Assert.Equal([true, true, true, true, true], report.Results.Select(result => result.Passed));
        Assert.Equal(5, report.Results[0].Failed);
    }

    [Fact]
    public async Task A_metric_is_judged_by_its_history()
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "flights.history.jsonl");
        var flights = Dataset.FromEnumerable("today", Enumerable.Range(0, 50), columns => columns.Column("delay", i => (double)i));

        // snippet: history
        var checks = DataChecks.Define("flights", c => c
            .Column("delay", delay => delay
                .Mean().WithinHistory(HistoryStrategy.StandardDeviations(3))
                .MissingShare(max: 0.1).WithinHistory(HistoryStrategy.StandardDeviations(4)))
            .RowCount().WithinHistory(HistoryStrategy.HoltWinters(season: 7)));
        using var history = new JsonLinesMetricHistory(path);
        var report = await checks.RunAsync(flights, new CheckOptions { History = history, DataReference = "flights@12" }, token);
        // end
        Assert.True(report.Passed);
        Assert.Equal(24.5, Assert.Single(await history.ReadAsync("flights: mean of delay", 10, token)).Value);
    }
}
