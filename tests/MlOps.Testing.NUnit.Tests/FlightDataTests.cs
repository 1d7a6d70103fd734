using MlOps.Data;
using MlOps.Testing.Tests.Flights;
using NUnit.Framework;

namespace MlOps.Testing.NUnit.Tests;

// snippet: nunit
public sealed class FlightDataTests
{
    private static readonly Dataset _flights = Dataset.FromParquet(Path.Combine(AppContext.BaseDirectory, "data", "flights.parquet"));

    [Test]
    public async Task Usable_flights_are_as_their_record_says()
    {
        var usable = _flights.Where(row => row.Number("delay") is >= -60 and <= 720, "delay");
        await DataAssert.PassesAsync(usable, Flight.Checks);
    }

    [Test]
    public void The_file_as_it_is_names_the_flights_that_nobody_could_have_recorded() =>
        Assert.That(
            async () => await DataAssert.PassesAsync(_flights, Flight.Checks),
            Throws.TypeOf<AssertionFailedException>().With.Message.Contains("in range [-60, 720]"));
}
// end
