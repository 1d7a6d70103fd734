using System.Text;
using MlOps.Data;

namespace MlOps.Testing.Tests.Flights;

/// <summary>Code and files that docs/data.md shows beside those of <see cref="FlightTests"/>.</summary>
public sealed class DataDocumentCodeTests : IDisposable
{
    private static readonly DataChecks _suite = DataChecks.Define("flights", checks => checks
        .Column("delay", column => column.NotNull().InRange(-60, 720))
        .Column("origin", column => column.NotIn("ORD")));

    private readonly string _folder = Directory.CreateTempSubdirectory("flights").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("csv")]
    [InlineData("operations")]
    [InlineData("suggest")]
    [InlineData("run")]
    [InlineData("personal")]
    public void A_block_of_the_document_is_the_code_that_runs(string name) => Assert.Equal(
        Documents.Source(Path.Combine("tests", "MlOps.Testing.Tests", "Flights", "DataDocumentCodeTests.cs"), name), Documents.Block(name));

    [Theory]
    [InlineData("suite")]
    [InlineData("run")]
    [InlineData("suggest")]
    public void The_package_shows_code_of_the_document(string name) => Assert.Contains(
        Documents.Block(name), File.ReadAllText(Path.Combine(Documents.Root, "src", "MlOps.Data", "README.md")), StringComparison.Ordinal);

#pragma warning disable xUnit1051 // The document leaves the token out.
    [Fact]
    public async Task A_European_file_is_read_as_the_document_says()
    {
        var customersPath = Path.Combine(_folder, "customers.csv");
        await File.WriteAllTextAsync(
            customersPath,
            "größe;zip;since\r\n1,75;01067;31.03.2024\r\nn/a;80331;01.04.2024\r\n",
            CodePagesEncodingProvider.Instance.GetEncoding(1252)!);

        // snippet: csv
        var format = await CsvFormat.DetectAsync(customersPath);
        Console.WriteLine(format);                                // says what was decided, and from which cell
        var customers = Dataset.FromCsv(customersPath, new CsvOptions
        {
            Types = new Dictionary<string, CellType> { ["zip"] = CellType.Text },     // 01067 is no number
            TimeFormats = ["dd.MM.yyyy"],
            MissingValues = ["n/a"],
        });

        // end
        Assert.Equal((';', 1252), (format.Delimiter, format.Encoding.CodePage));
        var profile = await customers.ProfileAsync();
        Assert.Equal([ColumnKind.Number, ColumnKind.Text, ColumnKind.Time], profile.Columns.Select(column => column.Type));
        Assert.Equal((1.75, 1L), (profile["größe"].Maximum!.Value, profile["größe"].MissingCount));
    }

    [Fact]
    public async Task The_operations_of_the_document_leak_nothing()
    {
        var (flights, folder) = (Flights(), _folder);

        // snippet: operations
        var usable = flights.Where("delay between -60 and 720 and distance > 0");
        var (train, test) = usable.SplitByTime("date", new DateTimeOffset(2001, 6, 1, 0, 0, 0, TimeSpan.Zero));
        var (fit, validate) = train.SplitByGroup("origin", [0.8, 0.2], seed: 7);     // no airport is in both
        var sample = fit.Sample(10_000, seed: 7);
        await sample.WriteParquetAsync(Path.Combine(folder, "sample.parquet"));

        // end
        Assert.Equal(10_000, await Dataset.FromParquet(Path.Combine(folder, "sample.parquet")).CountAsync());
        Assert.True((await train.ProfileAsync())["date"].Latest < (await test.ProfileAsync())["date"].Earliest);
        var airports = (await fit.ProfileAsync(new DataProfileOptions { TopValues = 256 }))["origin"].TopValues.Select(value => value.Value);
        var others = (await validate.ProfileAsync(new DataProfileOptions { TopValues = 256 }))["origin"].TopValues.Select(value => value.Value);
        Assert.Empty(airports.Intersect(others, StringComparer.Ordinal));
        Assert.NotEmpty(others);
    }

    [Fact]
    public async Task Suggestions_of_the_document_are_a_check_file_that_the_flights_pass()
    {
        var (flights, checksPath) = (Flights(), Path.Combine(_folder, "flights.checks.json"));

        // snippet: suggest
        var suggestions = await DataSchema.SuggestAsync(flights);
        Console.WriteLine(suggestions);                           // most useful first, with estimated false alarms
        await suggestions.ToChecks().SaveAsync(checksPath);       // a check file
        var suggested = suggestions.ToSchema();                   // or a schema

        // end
        Assert.True((await (await DataChecks.LoadAsync(checksPath)).RunAsync(flights)).Passed);
        Assert.True((await suggested.ToChecks().RunAsync(flights)).Passed);
    }

    [Fact]
    public async Task Checks_of_the_document_run_and_hide_what_is_personal()
    {
        var flights = Flights();

        // snippet: run
        var report = await _suite.RunAsync(flights);
        Console.WriteLine(report);                                // a line for the whole and one for each failure
        var (good, bad) = report.Quarantine();

        // end
        Assert.Equal(report.RowCount, await good.CountAsync() + await bad.CountAsync());
        Assert.Contains(": ORD", report.ToString(), StringComparison.Ordinal);

        // snippet: personal
        var discreet = new CheckOptions { PersonalColumns = ["origin"], MaxExamples = 3 };
        Console.WriteLine((await _suite.RunAsync(flights, discreet)).ToText());

        // end
        Assert.DoesNotContain("ORD", (await _suite.RunAsync(flights, discreet)).ToText(), StringComparison.Ordinal);
    }
#pragma warning restore xUnit1051

    [Fact]
    public async Task The_check_file_of_the_document_can_be_asked_of_the_flights()
    {
        var path = Path.Combine(_folder, "checks.json");
        await File.WriteAllTextAsync(path, Documents.Block("checkfile"), Token);
        var report = await (await DataChecks.LoadAsync(path, Token)).RunAsync(Flights(), Token);
        Assert.Equal(5, report.Results.Count);
        Assert.All(report.Results, result => Assert.True(result.Evaluated > 0 || result.Value > 0, result.ToString()));

        await File.WriteAllTextAsync(path, Documents.Block("checkfile").Replace("\"median\"", "\"medain\"", StringComparison.Ordinal), Token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => DataChecks.LoadAsync(path, Token));
        Assert.EndsWith("check 3 ('medain' of 'delay'): There is no such check; did you mean 'median'?", error.Message, StringComparison.Ordinal);
    }

    private static Dataset Flights() => Dataset.FromParquet(Path.Combine(AppContext.BaseDirectory, "data", "flights.parquet"));
}
