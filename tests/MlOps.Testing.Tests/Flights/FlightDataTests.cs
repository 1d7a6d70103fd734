using MlOps.Data;

namespace MlOps.Testing.Tests.Flights;

// snippet: xunit
public sealed class FlightDataTests
{
    private static readonly Dataset _flights = Dataset.FromParquet(Path.Combine(AppContext.BaseDirectory, "data", "flights.parquet"));

    [Fact]
    public async Task Usable_flights_are_as_their_record_says()
    {
        var usable = _flights.Where(row => row.Number("delay") is >= -60 and <= 720, "delay");
        await DataAssert.PassesAsync(usable, Flight.Checks, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task June_flies_as_far_as_May()
    {
        var distances = _flights.Select("date", "distance");
        await DriftAssert.NoDriftAsync(
            distances.Where(row => row.Time("date").Month == 5, "date").Select("distance"),
            distances.Where(row => row.Time("date").Month == 6, "date").Select("distance"),
            cancellationToken: TestContext.Current.CancellationToken);
    }
}
// end
