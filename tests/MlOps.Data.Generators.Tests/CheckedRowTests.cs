using System.ComponentModel.DataAnnotations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlOps.Data.Generators.Tests;

public sealed partial class CheckedRowTests
{
    private static readonly Trip _right = new()
    {
        Distance = 100,
        Share = 0.5,
        Temperature = 20,
        Pressure = 1,
        Price = 12.5m,
        Seats = 2,
        Class = 1,
        Passengers = 5,
        Crew = 3,
        IsOpen = true,
        HasReturn = true,
        Carrier = "AA",
        Origin = "ABC",
        Destination = "XYZ",
        Cost = 3,
        Serial = 7,
        Luggage = 0,
        Mail = "a@b.c",
        Site = "http://a.example/b?c=d",
        Phone = "12 34",
        Card = "4111111111111111",
        Code = "123e4567-e89b-12d3-a456-426614174000",
        Ticket = "1",
        Departure = new DateTimeOffset(2001, 3, 1, 0, 0, 0, TimeSpan.Zero),
        Arrival = new DateTime(2001, 3, 2, 0, 0, 0, DateTimeKind.Utc),
        Booked = null,
    };

    [Fact]
    public void A_right_row_has_no_violation_and_costs_no_memory()
    {
        Assert.Empty(Trip.Validate(_right));
        Assert.Equal("right", Trip.Validate(_right).ToString());
        var passed = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            passed += Trip.Validate(_right).Passed ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000, passed);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.3f)]
    public void A_number_of_single_precision_is_compared_in_it(float ratio) => Assert.Empty(Trip.Validate(_right with { Ratio = ratio }));

    [Fact]
    public void A_violation_says_the_column_the_rule_and_the_value()
    {
        var violations = Trip.Validate(_right with { Distance = 7000, Origin = null, Destination = "ABC", Departure = default });
        Assert.Equal(
            [
                "distance in range [1, 6000]: 7000", "origin not null: missing", "departure in range [2001-01-01T00:00:00Z, 2001-06-30T12:00:00Z]: 0001-01-01T00:00:00Z",
            ],
            violations.Select(violation => violation.ToString()));
        Assert.False(violations.Passed);
    }

    [Fact]
    public void A_row_with_warnings_alone_passes()
    {
        var violations = Trip.Validate(_right with { Destination = "AAA" });
        Assert.Equal("destination > origin: AAA (warning)", Assert.Single(violations).ToString());
        Assert.True(violations.Passed);
    }

    [Fact]
    public async Task A_data_set_of_rows_has_their_columns_without_computed_ones()
    {
        var dataset = Dataset.FromEnumerable("trips", [_right]);
        var schema = await dataset.GetSchemaAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "distance", "share", "temperature", "pressure", "ratio", "price", "seats", "class", "passengers", "crew", "cost",
                "serial", "luggage", "is_open", "has_return", "airline", "origin", "destination", "mail", "site",
                "phone", "card", "code", "ticket", "departure", "arrival", "booked",
            ],
            schema.FieldsList.Select(field => field.Name));
        Assert.True((await Trip.Checks.RunAsync(dataset, TestContext.Current.CancellationToken)).Passed);
        Assert.Equal("trips", Trip.Checks.Name);
    }

    [Fact]
    public void A_message_of_the_attribute_names_the_rule() =>
        Assert.Equal("luggage Luggage is counted from 0: -1", Trip.Validate(_right with { Luggage = -1 }).ToString());

    [Fact]
    public void A_required_value_has_the_message_for_what_is_missing_and_what_is_blank()
    {
        Assert.Equal("Name who are you?: missing", Person.Validate(new Person()).ToString());
        Assert.Equal("Name who are you?:  ", Person.Validate(new Person { Name = " " }).ToString());
        Assert.Equal("Age who are you?: missing", Person.Validate(new Person { Name = "A", Age = null }).ToString());
    }

    [Fact]
    public async Task The_checks_are_kept_in_a_file_and_judge_as_before()
    {
        var folder = Directory.CreateTempSubdirectory("trips");
        var path = Path.Combine(folder.FullName, "trips.checks.json");
        await Trip.Checks.SaveAsync(path, TestContext.Current.CancellationToken);
        var loaded = await DataChecks.LoadAsync(path, TestContext.Current.CancellationToken);
        var rows = Dataset.FromEnumerable("trips", Enumerable.Range(0, 500).Select(seed => RowAgreementTests.Draw(new Random(seed))));
        var (before, after) = (
            await Trip.Checks.RunAsync(rows, TestContext.Current.CancellationToken), await loaded.RunAsync(rows, TestContext.Current.CancellationToken));
        Assert.Equal(before.Results.Select(result => result.ToString()), after.Results.Select(result => result.ToString()));
        Assert.True(before.Failures.Count > 20);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_repeated_value_is_found_in_a_data_set_alone()
    {
        var report = await Trip.Checks.RunAsync(Dataset.FromEnumerable("trips", [_right, _right]), TestContext.Current.CancellationToken);
        Assert.Equal("unique", Assert.Single(report.Failures).Name);
    }

    [Fact]
    public void Attributes_of_the_parameters_of_a_record_count_and_those_of_its_base()
    {
        Assert.Equal(["Y in range [0, 1]"], Derived.Validate(new Derived(1, 2)).Select(violation => $"{violation.Column} {violation.Check}"));
        Assert.Equal(["X in range [0, 1]"], Derived.Validate(new Derived(2, 1)).Select(violation => $"{violation.Column} {violation.Check}"));
    }

    [Fact]
    public void A_change_elsewhere_in_the_program_reads_no_row_again()
    {
        var compilation = Compiled.Compile("[CheckedRow] public partial record Row([Range(1, 2)] double X, List<int> Tags);");
        var driver = CSharpGeneratorDriver.Create(
            [new CheckedRowGenerator().AsSourceGenerator()],
            parseOptions: Compiled.Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var changed = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Other;", Compiled.Options, cancellationToken: TestContext.Current.CancellationToken));
        var result = driver.RunGenerators(changed, TestContext.Current.CancellationToken).GetRunResult().Results[0];
        Assert.All(
            result.TrackedSteps[CheckedRowGenerator.RowsStep].SelectMany(step => step.Outputs),
            output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, output.Reason.ToString()));
        Assert.NotEmpty(result.GeneratedSources);
    }

    [CheckedRow]
    public sealed partial record Person
    {
        [Required(ErrorMessage = "who are you?")]
        public string? Name { get; init; }

        [Required(ErrorMessage = "who are you?")]
        public int? Age { get; init; } = 1;
    }

    public partial record Base([Range(0, 1)] double X);

    [CheckedRow]
    public sealed partial record Derived(double X, [Range(0, 1)] double Y) : Base(X);
}
