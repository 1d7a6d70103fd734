using System.Globalization;
using System.Text.Json;
using MlOps.Data;

namespace MlOps.Cli.Tests;

public sealed class DataDescriptionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-cli-data-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_profile_is_shown_as_text_and_json_and_written_as_page_and_file()
    {
        var file = WriteCsv("orders.csv", rows: 500);
        var (code, text, _) = await RunAsync(
            "data", "profile", file, "--html", PathOf("p.html"), "--save", PathOf("p.json"), "--correlations");
        var (_, json, _) = await RunAsync("data", "profile", file, "-o", "json");

        Assert.Equal(0, code);
        Assert.Contains("500 rows, 4 columns", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
        Assert.Contains("<svg", await File.ReadAllTextAsync(PathOf("p.html"), Token), StringComparison.Ordinal);
        var saved = await DataProfile.LoadAsync(PathOf("p.json"), cancellationToken: Token);
        Assert.Equal((500L, 1), (saved.RowCount, saved.Correlations.Count));
        var columns = JsonDocument.Parse(json).RootElement.GetProperty("columns");
        Assert.Equal(4, columns.GetArrayLength());
        Assert.Equal(499, columns[0].GetProperty("maximum").GetDouble());
        Assert.Equal("open", columns[2].GetProperty("top_values")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Values_of_columns_that_a_schema_calls_personal_are_not_shown()
    {
        var file = WriteCsv("orders.csv", rows: 500);
        await new DataSchema
        {
            Name = "orders",
            Columns = [new() { Name = "status", Type = ColumnKind.Text, Classification = DataClassification.Personal }],
        }.SaveAsync(PathOf("s.json"), Token);
        var (_, text, _) = await RunAsync("data", "profile", file, "--schema", PathOf("s.json"), "--html", PathOf("p.html"));
        var (_, json, _) = await RunAsync("data", "profile", file, "--schema", PathOf("s.json"), "-o", "json");

        Assert.Contains("•••", text, StringComparison.Ordinal);
        foreach (var shown in new[] { text, json, await File.ReadAllTextAsync(PathOf("p.html"), Token) })
        {
            Assert.DoesNotContain("closed", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_schema_is_inferred_saved_compared_and_evolved()
    {
        var small = WriteCsv("small.csv", rows: 200);
        var large = WriteCsv("large.csv", rows: 2_000);
        var (inferred, text, _) = await RunAsync("data", "schema", small, "--save", PathOf("a.json"));
        var (evolved, changes, _) = await RunAsync("data", "schema", large, "--evolve", PathOf("a.json"), "--save", PathOf("b.json"));
        var (same, sameText, _) = await RunAsync("data", "schema", "diff", PathOf("a.json"), PathOf("a.json"));
        var (wider, _, _) = await RunAsync("data", "schema", "diff", PathOf("a.json"), PathOf("b.json"));
        var (narrower, json, _) = await RunAsync("data", "schema", "diff", PathOf("b.json"), PathOf("a.json"), "-o", "json");

        Assert.Equal((0, 0, 0, 0, 1), (inferred, evolved, same, wider, narrower));
        Assert.Contains("closed, open", text, StringComparison.Ordinal);
        Assert.Contains("maximum 249 → 1999", changes, StringComparison.Ordinal);
        Assert.Contains("No changes.", sameText, StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(json).RootElement.GetProperty("is_breaking").GetBoolean());
        Assert.Equal("breaking", JsonDocument.Parse(json).RootElement.GetProperty("changes")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Suggestions_come_with_their_false_alarms_and_make_a_schema_that_the_data_pass()
    {
        var file = WriteCsv("orders.csv", rows: 3_000);
        var (code, text, _) = await RunAsync("data", "suggest", file, "--save", PathOf("s.json"));
        var (_, json, _) = await RunAsync("data", "suggest", file, "-o", "json");
        var (check, _, _) = await RunAsync("data", "check", file, "--schema", PathOf("s.json"));

        Assert.Equal((0, 0), (code, check));
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
        var suggestions = JsonDocument.Parse(json).RootElement.GetProperty("suggestions");
        Assert.Contains(suggestions.EnumerateArray(), one =>
            one.GetProperty("constraint").GetString() == "values" && one.GetProperty("column").GetString() == "status");
        Assert.All(suggestions.EnumerateArray(), one => Assert.InRange(one.GetProperty("false_alarm_rate").GetDouble(), 0.001, 0.1));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var (code, _, error) = await RunAsync("data", "profile", "nowhere.csv");
        Assert.Equal(2, code);
        Assert.Contains("nowhere.csv", error, StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. arguments, "--workspace", _folder.FullName], output, error, Token);
        return (code, output.ToString(), error.ToString());
    }

    private string WriteCsv(string name, int rows)
    {
        File.WriteAllLines(PathOf(name), Enumerable.Range(0, rows)
            .Select(i => string.Create(CultureInfo.InvariantCulture,
                $"{i},{(i % 40) / 4.0},{(i % 3 == 0 ? "closed" : "open")},2024-01-{1 + (i % 28):00}")).Prepend("id,price,status,day"));
        return PathOf(name);
    }
}
