namespace MlOps.Data.Tests.Checks;

public sealed class PersonalColumnTests
{
    // Nothing of these names may be shown; the mark is in each of them.
    private static readonly Dataset _people = HeldRows.Of(
        ("name", ["secret-ada", "secret-alan", "secret-alan", null, "secret-grace"]),
        ("age", [8_901.0, 8_902.0, 8_903.0, 8_904.0, 8_905.0]),
        ("country", ["UK", "UK", "XX", "US", "US"]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DataChecks Checks { get; } = DataChecks.Define("people", c => c
        .Column("name", n => n.NotNull().Unique().In("secret-ada", "secret-barbara").NotIn("secret-grace").Matches("^[A-Z]").MostCommonIn("secret-zoe")
            .ContainsAll("secret-zoe").MinLength(50).ForEach("name"))
        .Column("age", a => a.InRange(0, 150).Maximum(max: 150).Median(max: 150).In(1, 2).Increasing(strictly: true).OutlierFree(0.1))
        .Column("country", c => c.In("UK", "US").ForEach("name"))
        .Row("any row", row => row.Text("country") == "nowhere")
        .Row("two cells", row => row.Text("name") == "x", "name", "country")
        .Unique("name", "country")
        .Expression("age < 100 and name <> 'x'"));

    [Fact]
    public async Task No_report_shows_a_value_of_a_personal_column()
    {
        var open = await Checks.RunAsync(_people, Token);
        Assert.All(Shown(open), text => Assert.Contains("secret-", text, StringComparison.Ordinal));
        Assert.All(Shown(open), text => Assert.Contains("890", text, StringComparison.Ordinal));

        var byOptions = await Checks.RunAsync(_people, new CheckOptions { PersonalColumns = ["name", "age", "not there"] }, Token);
        var bySuite = await DataChecks.Define("people", c => c.Personal("name", "age").Include(Checks)).RunAsync(_people, Token);
        foreach (var report in new[] { byOptions, bySuite })
        {
            Assert.Equal(open.Results.Select(result => (result.Passed, result.Failed)), report.Results.Select(result => (result.Passed, result.Failed)));
            foreach (var text in Shown(report))
            {
                Assert.DoesNotContain("secret-", text, StringComparison.Ordinal);
                Assert.DoesNotContain("890", text, StringComparison.Ordinal);
                Assert.Contains("•••", text, StringComparison.Ordinal);
                Assert.Contains("XX", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Of_a_personal_value_it_is_shown_whether_it_is_there()
    {
        var checks = DataChecks.Define("c", c => c.Personal("name").Column("name", n => n.NotNull()).Row("r", row => row.Text("country") == "US", "name", "country"));
        var results = (await checks.RunAsync(_people, Token)).Results;
        Assert.Equal([null], results[0].Examples.Select(example => example.Value));
        Assert.Equal("name = •••, country = UK", results[1].Examples[0].Value);
    }

    [Fact]
    public async Task Personal_columns_of_a_schema_stay_personal_in_its_checks_and_in_a_check_file()
    {
        var schema = new DataSchema
        {
            Name = "people",
            Columns = [new() { Name = "name", Type = ColumnKind.Text, Values = ["secret-ada"], Classification = DataClassification.Personal }],
        };
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "checks.json");
        await schema.ToChecks().SaveAsync(path, Token);
        var loaded = await DataChecks.LoadAsync(path, Token);
        Assert.Equal(["name"], loaded.PersonalColumns);
        Assert.All(Shown(await loaded.RunAsync(_people, Token)), text => Assert.DoesNotContain("secret-", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_quarantine_keeps_its_rows_whole()
    {
        var report = await Checks.RunAsync(_people, new CheckOptions { PersonalColumns = ["name"] }, Token);
        await foreach (var batch in report.Quarantine().Bad.ReadAsync(cancellationToken: Token))
        {
            Assert.Equal("secret-ada", ((Apache.Arrow.StringArray)batch.Column("name")).GetString(0));
        }
    }

    private static string[] Shown(CheckReport report) =>
        [report.ToText(), report.ToJson(), report.ToJUnit(), report.ToReport().ToHtml(), string.Join('\n', report.Results)];
}
