using FsCheck.Xunit;

namespace MlOps.Data.Tests.Schemas;

public sealed class SchemaSuggestionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Property(MaxTest = 40)]
    public async Task Data_always_pass_what_is_suggested_for_them(double?[] numbers, string?[] texts, byte repeats)
    {
        var rows = Enumerable.Repeat(
            0, 1 + (repeats % 20)).SelectMany(_ => Enumerable.Range(0, Math.Max(1, Math.Max(numbers.Length, texts.Length)))).ToArray();
        var data = Dataset.FromEnumerable("any", rows, c => c
            .Column("number", i => i < numbers.Length ? numbers[i] : null)
            .Column("double", i => i < numbers.Length ? numbers[i] * 2 : null)
            .Column("text", i => i < texts.Length ? texts[i] : null)
            .Column("at", i => DateTimeOffset.UnixEpoch.AddMinutes(i)));
        var suggestions = await DataSchema.SuggestAsync(data, new SchemaSuggestionOptions { MaximumFalseAlarmRate = 1 });
        foreach (var checks in new[] { suggestions.ToSchema().ToChecks(), suggestions.ToChecks() })
        {
            var report = await checks.RunAsync(data);
            Assert.True(report.Passed, report.ToString());
        }
    }

    [Fact]
    public async Task Suggestions_name_what_the_data_bear_out_and_no_more()
    {
        var random = new Random(5);
        var suggestions = await DataSchema.SuggestAsync(
            Dataset.FromEnumerable("orders", Enumerable.Range(0, 20_000), c => c
                .Column("id", i => (i * 7_919L) % 1_000_003)
                .Column("sku", i => $"AB-{i % 9_000:D4}")
                .Column("status", i => (i % 3) switch { 0 => "open", 1 => "paid", _ => "sent" })
                .Column("low", i => i % 100)
                .Column("high", i => (i % 100) + 1 + random.Next(20))
                .Column("note", i => random.NextDouble() < 0.3 ? null : new string('n', random.Next(1, 120)))
                .Column("at", i => DateTimeOffset.UnixEpoch.AddMinutes(i))),
            cancellationToken: Token);
        Assert.Equal(
            [
                "at earliest", "at missing_share", "at type", "at unique", "high missing_share", "high range", "high type",
                    "id missing_share", "id range", "id type", "id unique",
                "low less_than", "low missing_share", "low range", "low type", "note length", "note missing_share", "note type",
                    "sku length", "sku missing_share", "sku pattern",
                "sku type", "status missing_share", "status type", "status values",
            ],
            suggestions.Suggestions.Select(suggestion => $"{suggestion.Column} {suggestion.Constraint}").Order(StringComparer.Ordinal));
        Assert.Equal(suggestions.Suggestions.OrderByDescending(suggestion => suggestion.Usefulness), suggestions.Suggestions);
        Assert.All(suggestions.Suggestions, suggestion =>
        {
            Assert.InRange(suggestion.Parts, 10, 20);
            Assert.Equal((suggestion.FailedParts + 0.5) / (suggestion.Parts + 1), suggestion.FalseAlarmRate);
            Assert.EndsWith("fitted on.", suggestion.Why, StringComparison.Ordinal);
        });
        var schema = suggestions.ToSchema(suggestion => suggestion.Constraint != "type");
        Assert.Equal("^[A-Z]{2}-[0-9]{4}$", schema.Columns[1].Pattern);
        Assert.Equal(["open", "paid", "sent"], schema.Columns[2].Values);
        Assert.Equal("high", schema.Columns[3].LessThan);
        Assert.All(suggestions.ToText().Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    [Fact]
    public async Task Checks_beyond_a_schema_are_suggested_where_the_data_bear_them_out()
    {
        string[] countries = ["DE", "FR", "UK", "US", "NL"];
        var data = Dataset.FromEnumerable("customers", Enumerable.Range(0, 20_000), c => c
            .Column("mail", i => $"user{i}@example{i % 7}.org")
            .Column("key", i => new Guid(i, 7, 9, 1, 2, 3, 4, 5, 6, 7, 8).ToString())
            .Column("born", i => i % 2_000 == 0 ? "unknown" : new DateOnly(1950, 1, 1).AddDays(new Random(i).Next(20_000)).ToString("O"))
            .Column("country", i => i % 500 == 3 ? $"typo{i}" : countries[i * 7 % 5])
            .Column("ordered", i => (double)new Random(i).Next(1, 50))
            .Column("price", i => new Random(i + 1).NextDouble() * 100)
            .Column("same", i => i % 100)
            .Column("copy", i => i % 100)
            .Column("growing", i => Math.Exp(i / 500.0)));
        data = data.WithColumn("delivered", row => Math.Min(row.Number("ordered"), 40), "ordered");
        var suggestions = await DataSchema.SuggestAsync(data, cancellationToken: Token);
        var named = suggestions.Suggestions.ToDictionary(suggestion => $"{suggestion.Column} {suggestion.Constraint}", suggestion => suggestion.Demand, StringComparer.Ordinal);
        Assert.Equal("an e-mail address", named["mail format"]);
        Assert.Equal("a UUID", named["key format"]);
        Assert.Equal("a date in 99.4% of the rows", named["born format"]);
        Assert.Equal("DE, FR, NL, UK, US in 99.2% of the rows", named["country frequent_values"]);
        Assert.Equal("ordered", named["delivered at_most"]);
        Assert.Equal("copy", named["same equal_to"]);
        Assert.DoesNotContain("copy equal_to", named.Keys);
        Assert.Contains("ordered whole", named.Keys);
        Assert.DoesNotContain("price whole", named.Keys);
        Assert.DoesNotContain("same whole", named.Keys);
        Assert.Contains("growing not_negative", named.Keys);
        Assert.DoesNotContain("growing range", named.Keys);
        Assert.DoesNotContain("price not_negative", named.Keys);

        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "customers.checks.json");
        await suggestions.ToChecks().SaveAsync(path, Token);
        var loaded = await DataChecks.LoadAsync(path, Token);
        Assert.Equal(suggestions.Suggestions.Count, loaded.Count);
        Assert.True((await loaded.RunAsync(data, Token)).Passed);
        var broken = data.WithColumn("mail", row => row.Text("key")!, "key");
        Assert.Contains((await loaded.RunAsync(broken, Token)).Failures, failure => failure.Title == "mail is an e-mail address");
        Assert.Equal(0, suggestions.ToSchema().Columns.Single(column => column.Name == "growing").Minimum);
        Assert.Equal(["mail"], suggestions.ToChecks(suggestion => suggestion is { Column: "mail", Constraint: "format" }).Rules.Select(rule => rule.Column));
    }

    [Fact]
    public async Task What_holds_only_in_one_stretch_of_the_data_is_not_suggested()
    {
        var data = Dataset.FromEnumerable("rising", Enumerable.Range(0, 10_000), c => c
            .Column("level", i => Math.Pow(2, i / 500))
            .Column("kind", i => $"k{i / 250}"));
        var all = await DataSchema.SuggestAsync(data, new SchemaSuggestionOptions { MaximumFalseAlarmRate = 1 }, Token);
        Assert.True(all.Suggestions.Single(suggestion => suggestion is { Column: "level", Constraint: "range" }).FailedParts >= 1);
        Assert.True(all.Suggestions.Single(suggestion => suggestion is { Column: "kind", Constraint: "values" }).FailedParts >= 5);
        var few = await DataSchema.SuggestAsync(data, cancellationToken: Token);
        Assert.DoesNotContain(few.Suggestions, suggestion => suggestion is { Column: "kind", Constraint: "values" });
    }

    [Fact]
    public async Task A_nearly_unique_column_is_not_called_unique()
    {
        var suggestions = await DataSchema.SuggestAsync(
            Dataset.FromEnumerable(
                "ids", Enumerable.Range(0, 5_000), c => c.Column("id", i => i == 4_000 ? 3 : i)), cancellationToken: Token);
        Assert.DoesNotContain(suggestions.Suggestions, suggestion => suggestion.Constraint == "unique");
        Assert.Contains(suggestions.Suggestions, suggestion => suggestion.Constraint == "range");
    }

    [Fact]
    public async Task Values_of_personal_columns_are_not_listed()
    {
        var suggestions = await DataSchema.SuggestAsync(
            Dataset.FromEnumerable("people", Enumerable.Range(0, 1_000), c =>
                c.Column("name", i => i % 2 == 0 ? "Ada" : "Alan").Column("age", i => 1_234 + (i % 60))),
            new SchemaSuggestionOptions { PersonalColumns = ["name", "age"] },
            Token);
        Assert.Equal(["name", "age"], suggestions.ToSchema().PersonalColumns);
        Assert.DoesNotContain("Alan", suggestions.ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain("1234", suggestions.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_rows_are_refused() =>
        Assert.Equal(ErrorCodes.DataEmpty, (await Assert.ThrowsAsync<MlOpsException>(
            () => DataSchema.SuggestAsync(DatasetTests.Numbered(0), cancellationToken: Token))).Code);
}
