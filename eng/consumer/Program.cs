// A user's first program, built against the packages themselves.
using System.ComponentModel.DataAnnotations;
using MlOps;
using MlOps.Data;
using MlOps.Testing;
using MlOps.Tracking;

var folder = Directory.CreateTempSubdirectory("mlops-consumer-");
await using (var workspace = Workspace.Open(folder.FullName))
{
    await using (var run = await workspace.Tracking.StartRunAsync("consumer"))
    {
        run.LogParameter("rate", 0.1);
        run.LogMetric("loss", 0.5, step: 1);
    }

    var runs = (await workspace.Tracking.SearchRunsAsync()).Runs;
    Console.WriteLine($"{runs.Count} run, {runs[0].Info.Status}");
    if (runs[0].Info.Status != RunStatus.Finished)
    {
        return 1;
    }
}

// The generator of the checks comes inside the package MlOps.Data: without it this does not compile.
var right = new Flight { Distance = 733, Carrier = "AA", Mail = "desk@aa.example", Departure = new DateTime(2001, 5, 1, 8, 0, 0, DateTimeKind.Utc) };
var violations = Flight.Validate(right with { Distance = 9000, Carrier = "XX" });
Console.WriteLine(violations);
var checks = Path.Combine(folder.FullName, "flights.checks.json");
await Flight.Checks.SaveAsync(checks);
await DataAssert.PassesAsync(Dataset.FromEnumerable("flights", [right]), await DataChecks.LoadAsync(checks));
if (violations.Count != 2 || !Flight.Validate(right).Passed)
{
    return 1;
}

folder.Delete(recursive: true);
return 0;

/// <summary>One of each attribute that is clean for trimming and native code.</summary>
[CheckedRow(Naming = ColumnNaming.SnakeCase)]
internal sealed partial record Flight
{
    [Range(1, 6000)]
    [Finite]
    public required double Distance { get; init; }

    [AllowedValues("AA", "UA", "DL")]
    [StringLength(2, MinimumLength = 2)]
    [RegularExpression("[A-Z]+")]
    public required string Carrier { get; init; }

    [EmailAddress]
    public string? Mail { get; init; }

    [Url]
    [NotEqualTo(nameof(Mail))]
    public string? Site { get; init; }

    [Phone]
    public string? Phone { get; init; }

    [CreditCard]
    [DeniedValues("0000000000000000")]
    public string? Card { get; init; }

    [HasFormat(TextFormat.Json)]
    [Severity(CheckSeverity.Warning)]
    [Mostly(0.9)]
    public string? Note { get; init; }

    [TimeRange("2001-01-01", "2001-12-31")]
    public required DateTime Departure { get; init; }

    [GreaterThan(nameof(Departure))]
    public DateTime? Arrival { get; init; }

    [AtLeast(0)]
    public int Seats { get; init; }
}
