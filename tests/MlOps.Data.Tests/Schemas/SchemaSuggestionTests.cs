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
        var report = await suggestions.ToSchema().ToChecks().RunAsync(data);
        Assert.True(report.Passed, report.ToString());
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
