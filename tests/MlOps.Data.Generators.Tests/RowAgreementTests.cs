using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace MlOps.Data.Generators.Tests;

/// <summary>The same rule decides alike for a row and for a data set.</summary>
public sealed class RowAgreementTests
{
    private static readonly string?[] _texts =
    [
        null, "", " ", "\u00a0\t", "AA", "UA", "DL", "XXX", "abc", "ABC", "ABCD", "ABCDE", "AbC", "ABC\n", "ÄÖÜ", "😀", "a@b.c", "@a", "a@", "a@b@c", "a b@c",
        "http://a", "HTTPS://b", "ftp:/", "ftp://x", "+1 (2) 3", "12-34 ext. 5", "12 x7", "x7", "ext", "123x", "()", "http://a.b/c d", "https://a..b", "http://u@[::1]:80/x", "a.b@c.de", "123e4567-e89b-12d3-a456-426614174000", "123E4567-e89b-12d3-a456-42661417400g", "4111 1111 1111 1111", "4111-1111-1111-1112", "0", "1a",
    ];

    private static readonly double[] _numbers =
    [
        double.NaN, double.NegativeInfinity, double.PositiveInfinity, -1, -0.0, 0, double.Epsilon, 0.5, 1, 1.0000000000000002, 3, 4, 20.25, 20.3, 100.5, 100.6, 6000, 6000.0000000000009, 1e308,
    ];

    private static readonly long[] _wholes = [long.MinValue, long.MinValue + 1024, long.MinValue + 1025, -11, -10, 0, 1, 2, 3, 4, 8, 9, (1L << 53) - 1, 1L << 53, 8_999_999_999, 9_000_000_000, 9_000_000_001, (1L << 53) + 1, long.MaxValue];

    private static readonly long[] _ticks =
    [
        new DateTime(2000, 12, 31, 23, 59, 59).Ticks, new DateTime(2001, 1, 1).Ticks - 1, new DateTime(2001, 1, 1).Ticks, new DateTime(2001, 3, 1).Ticks,
        new DateTime(2001, 3, 1).Ticks + 3, new DateTime(2001, 3, 1).Ticks + 10, new DateTime(2001, 6, 30, 12, 0, 0).Ticks, new DateTime(2001, 6, 30, 12, 0, 0).Ticks + 5,
        new DateTime(2001, 6, 30, 12, 0, 0).Ticks + 10, new DateTime(1960, 1, 1).Ticks + 7, 5_000_000_000_000_003,
    ];

    [Property(MaxTest = 200)]
    public void A_row_breaks_the_rules_that_the_data_set_reports_for_it(int seed, PositiveInt rows) => Compare(seed, 1 + (rows.Get % 200));

    [Fact]
    public void Many_rows_in_several_batches_are_judged_as_one_by_one() => Compare(7, 20_000);

    private static void Compare(int seed, int count)
    {
        var random = new Random(seed);
        var trips = Enumerable.Range(0, count).Select(_ => Draw(random)).ToArray();
        var report = Trip.Checks.RunAsync(Dataset.FromEnumerable("trips", trips), CancellationToken.None).GetAwaiter().GetResult();
        var expected = new List<(string Rule, long Row)>();
        foreach (var (trip, row) in trips.Select((trip, row) => (trip, row)))
        {
            expected.AddRange(Trip.Validate(trip).Select(violation => ($"{violation.Column} {violation.Check}", (long)row)));
        }

        var wrong = expected.ToLookup(violation => violation.Rule, violation => violation.Row);
        foreach (var result in report.Results.Where(result => result.Name != "unique"))
        {
            var name = $"{result.Column} {result.Name}".Trim();
            name = name.EndsWith(", mostly 0.5", StringComparison.Ordinal) ? name[..^", mostly 0.5".Length] : name;
            Assert.True(wrong[name].Count() == result.Failed, string.Create(CultureInfo.InvariantCulture, $"{name}: {wrong[name].Count()} rows one by one, {result}"));
            Assert.Equal(wrong[name].Take(result.Examples.Count), result.Examples.Select(example => example.Position));
        }

        // Every violation belongs to a check of the report.
        Assert.Empty(expected.Select(violation => violation.Rule).Distinct()
            .Except(report.Results.Select(result => $"{result.Column} {result.Name}".Trim().Replace(", mostly 0.5", "", StringComparison.Ordinal))));
        var bad = report.Quarantine().Bad.ReadRowsAsync(row => row.Position).ToBlockingEnumerable().Count();
        var unique = trips.Select((trip, row) => (trip.Ticket, row)).Where(item => item.Ticket is not null).GroupBy(item => item.Ticket).SelectMany(group => group.Skip(1)).Select(item => (long)item.row);
        Assert.Equal(trips.Select((trip, row) => (trip, row: (long)row)).Where(item => !Trip.Validate(item.trip).Passed).Select(item => item.row).Union(unique).Count(), bad);
    }

    internal static Trip Draw(Random random)
    {
        // Half of the values are right ones, so that rules are met from both sides.
        double Number() => random.Next(2) == 0 ? 1 : random.Next(4) == 0 ? (random.NextDouble() * 200) - 50 : _numbers[random.Next(_numbers.Length)];
        string? Text() => _texts[random.Next(_texts.Length)];
        long Whole() => random.Next(2) == 0 ? random.Next(-12, 12) : _wholes[random.Next(_wholes.Length)];
        DateTime Time() => new(_ticks[random.Next(_ticks.Length)], DateTimeKind.Utc);
        return new Trip
        {
            Distance = Number(),
            Share = random.Next(4) == 0 ? null : Number(),
            Temperature = (float)Number(),
            Pressure = random.Next(4) == 0 ? null : (float)Number(),
            Ratio = random.Next(5) switch { 0 => null, 1 => 0.1f, 2 => 0.2f, 3 => 0.3f, _ => (float)Number() },
            Price = random.Next(4) == 0 ? null : random.Next(0, 100) / 4m,
            Seats = (int)Math.Clamp(Whole(), int.MinValue, int.MaxValue),
            Class = random.Next(4) == 0 ? null : random.Next(0, 5),
            Passengers = Whole(),
            Crew = random.Next(4) == 0 ? null : (short)random.Next(-20, 20),
            Cost = random.Next(4) == 0 ? null : Number(),
            Serial = random.Next(4) == 0 ? null : Whole(),
            Luggage = random.Next(4) == 0 ? null : random.Next(-2, 5),
            IsOpen = random.Next(2) == 0,
            HasReturn = random.Next(3) switch { 0 => null, 1 => true, _ => false },
            Carrier = random.Next(3) == 0 ? Text()! : "AA",
            Origin = Text(),
            Destination = Text(),
            Mail = Text(),
            Site = Text(),
            Phone = Text(),
            Card = Text(),
            Code = Text(),
            Ticket = Text(),
            Departure = new DateTimeOffset(Time()).ToOffset(TimeSpan.FromHours(random.Next(-3, 4))),
            Arrival = random.Next(4) == 0 ? null : DateTime.SpecifyKind(Time(), (DateTimeKind)random.Next(3)),
            Booked = random.Next(4) == 0 ? null : new DateTimeOffset(Time()),
        };
    }
}
