using MlOps.Data;

namespace MlOps.Testing.Tests.Flights;

/// <summary>Tests as a user writes them, on the flights of samples/data, whose dirt was kept. docs/data.md shows parts of them.</summary>
public sealed class FlightTests
{
    private static readonly Dataset _flights = Dataset.FromParquet(Path.Combine(AppContext.BaseDirectory, "data", "flights.parquet"));

    // snippet: suite
    private static readonly DataChecks _suite = DataChecks.Define("flights", checks => checks
        .Column("delay", column => column.NotNull().InRange(-60, 720))
        .Column("distance", column => column.NotNull().InRange(1, 6000).Mostly(0.999))
        .Column("origin", column => column.NotNull().Matches("^[A-Z]{3}$").AsWarning())
        .Row("leaves and lands elsewhere", row => row.Text("origin") != row.Text("destination"), "origin", "destination")
        .RowCount(min: 1000));

    // end
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_dirty_flights_fail_with_a_message_that_a_person_can_act_on()
    {
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.PassesAsync(_flights, Flight.Checks, Token));
        Assert.Equal(Documents.Block("message"), failure.Message);
    }

    [Fact]
    public async Task The_flights_without_their_bad_rows_pass()
    {
        var report = await Flight.Checks.RunAsync(_flights, Token);
        var (good, bad) = report.Quarantine();
        Assert.Equal(report.RowCount, await good.CountAsync(Token) + await bad.CountAsync(Token));
        await DataAssert.PassesAsync(good, Flight.Checks, Token);
        await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.PassesAsync(bad, Flight.Checks, Token));
    }

    [Fact]
    public async Task A_single_row_is_judged_as_the_file_is()
    {
        var first = (await Flight.Checks.RunAsync(_flights, Token)).Failures[0].Examples[0];
        var rows = _flights.ReadRowsAsync(
            row => new Flight
            {
                Date = row.Time("date"),
                Delay = row.Number("delay"),
                Distance = row.Number("distance"),
                Origin = row.Text("origin")!,
                Destination = row.Text("destination")!,
            },
            cancellationToken: Token);
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.ValidAsync(rows, Token));
        Assert.Contains($"\n  {first.Position}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"of {await _flights.CountAsync(Token):N0} rows break the rules of Flight.\n", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_suite_of_the_document_runs() =>
        Assert.Contains("delay", (await _suite.RunAsync(_flights, Token)).Failures.Select(result => result.Column));

#pragma warning disable xUnit1051 // The document leaves the token out.
    [Fact]
    public async Task The_code_of_the_document_runs()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "data", "flights.parquet");

        // snippet: reading
        var flights = Dataset.FromParquet(path);
        var late = flights.Where(row => row.Number("delay") > 15, "delay").Select("date", "origin", "delay");
        Console.WriteLine($"{await late.CountAsync()} of {await flights.CountAsync()} flights were late");

        // end
        // snippet: profile
        var profile = await flights.ProfileAsync();
        Console.WriteLine(profile.ToText());
        Console.WriteLine($"median delay: {profile["delay"].Quantiles[2].Value} minutes");

        // end
        var schemaPath = Path.Combine(Directory.CreateTempSubdirectory("flights").FullName, "flights.schema.json");

        // snippet: schema
        var proposed = DataSchema.Infer(profile);
        await proposed.SaveAsync(schemaPath);                     // review it, change it, keep it in git
        await DataAssert.MatchesSchemaAsync(flights, schemaPath); // always passes on the data it came from

        // end
        // snippet: row
        var flight = new Flight { Date = new(2001, 5, 1, 8, 0, 0, TimeSpan.Zero), Delay = -4, Distance = 9000, Origin = "SFO", Destination = "JFK" };
        var violations = Flight.Validate(flight);
        Console.WriteLine(violations);                            // distance in range [1, 6000]: 9000

        // end
        Assert.Equal("distance in range [1, 6000]: 9000", violations.ToString());
        Assert.True(await late.CountAsync(Token) > 1000);
        Directory.Delete(Path.GetDirectoryName(schemaPath)!, recursive: true);
    }
#pragma warning restore xUnit1051
}
