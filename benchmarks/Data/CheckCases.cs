using System.Globalization;
using MlOps.Data;

namespace MlOps.Benchmarks;

/// <summary>The data and the suites that are timed; checks.py does the same work.</summary>
internal static class CheckCases
{
    public const int Rows = 1_000_000;

    public static DataChecks NotNull { get; } = DataChecks.Define("not null", c => c.Column("amount", amount => amount.NotNull()));

    public static DataChecks Between { get; } = DataChecks.Define("between", c => c.Column("amount", amount => amount.InRange(0, 1000)));

    public static DataChecks InSet { get; } = DataChecks.Define("in set", c => c.Column("carrier", carrier => carrier.In([.. Carriers])));

    public static DataChecks Unique { get; } = DataChecks.Define("unique", c => c.Column("id", id => id.Unique()));

    public static DataChecks BetweenWhole { get; } = DataChecks.Define("between whole", c => c.Column("seats", seats => seats.InRange(1, 500)));

    public static DataChecks Length { get; } = DataChecks.Define("length", c => c.Column("flight", flight => flight.Length(4, 8)));

    public static DataChecks Pattern { get; } = DataChecks.Define("pattern", c => c.Column("flight", flight => flight.Matches("^[A-Z0-9]{2}[0-9]{2,6}$")));

    public static DataChecks Expression { get; } = DataChecks.Define("expression", c => c.Expression("amount > 0 and seats < 600 or carrier = 'C00'"));

    public static DataChecks Six { get; } = DataChecks.Define("six", c => c
        .Column("amount", amount => amount.NotNull().InRange(0, 1000))
        .Column("carrier", carrier => carrier.In([.. Carriers]))
        .Column("id", id => id.Unique())
        .Column("seats", seats => seats.InRange(1, 500))
        .Column("flight", flight => flight.Length(4, 8)));

    private static IEnumerable<string> Carriers => Enumerable.Range(0, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"C{i:00}"));

    /// <summary>Five columns, all of which pass: a random order of unique numbers, doubles, whole numbers, 50 categories, and texts that repeat.</summary>
    public static async Task<Dataset> MakeAsync(int rows)
    {
        var random = new Random(42);
        long[] ids = [.. Enumerable.Range(0, rows)];
        random.Shuffle(ids);
        string[] carriers = [.. Carriers];
        var data = Dataset.FromEnumerable("flights", Enumerable.Range(0, rows), c => c
            .Column("id", i => ids[i])
            .Column("amount", _ => random.NextDouble() * 1000)
            .Column("seats", _ => random.Next(1, 501))
            .Column("carrier", _ => carriers[random.Next(carriers.Length)])
            .Column("flight", _ => string.Create(CultureInfo.InvariantCulture, $"AB{random.Next(10, 999_999)}")));
        return await data.ToMemoryAsync();
    }
}
