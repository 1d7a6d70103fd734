using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using MlOps.Data;

namespace MlOps.Cli.Tests;

public sealed class DataCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-cli-check-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_check_file_that_the_data_pass_ends_with_0_and_a_failed_check_with_1()
    {
        var data = WriteOrders("orders.csv", rows: 300);
        var right = WriteChecks("right.json", """{ "column": "price", "check": "in_range", "min": 0, "max": 10 }""");
        var wrong = WriteChecks("wrong.json", """{ "column": "price", "check": "in_range", "min": 1, "max": 10 }""");
        var warning = WriteChecks("warning.json", """{ "column": "price", "check": "in_range", "min": 1, "max": 10, "severity": "warning" }""");

        Assert.Equal(0, (await RunAsync("data", "check", data, "--checks", right)).Code);
        Assert.Equal(0, (await RunAsync("data", "check", data, "--checks", warning)).Code);
        var (code, text, error) = await RunAsync("data", "check", data, "-c", right, "-c", wrong);
        Assert.Equal((1, ""), (code, error));
        Assert.Contains("1 of 2 checks did not pass.", text, StringComparison.Ordinal);
        Assert.Contains("in range [1, 10]", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    [Fact]
    public async Task Every_report_is_written_and_the_wrong_rows_apart()
    {
        var data = WriteOrders("orders.csv", rows: 300);
        var checks = WriteChecks("checks.json", """{ "column": "price", "check": "greater_than", "min": 0 }""");
        var (code, json, _) = await RunAsync(
            "data", "check", data, "-c", checks, "--html", PathOf("r.html"), "--junit", PathOf("deep/r.xml"), "--quarantine", PathOf("bad.parquet"),
            "--good", PathOf("good.csv"), "--examples", "2", "--json");

        Assert.Equal(1, code);
        var root = JsonDocument.Parse(json).RootElement;
        Assert.False(root.GetProperty("passed").GetBoolean());
        Assert.Equal(("orders", 300, 8, 292), (root.GetProperty("dataset").GetString(), root.GetProperty("row_count").GetInt32(),
            root.GetProperty("quarantined_rows").GetInt32(), root.GetProperty("good_rows").GetInt32()));
        var check = Assert.Single(root.GetProperty("checks").EnumerateArray());
        Assert.Equal(("error", 8, 2), (check.GetProperty("severity").GetString(), check.GetProperty("failed").GetInt32(), check.GetProperty("examples").GetArrayLength()));
        Assert.Contains("<title>Checks", await File.ReadAllTextAsync(PathOf("r.html"), Token), StringComparison.Ordinal);
        Assert.Single(XDocument.Load(PathOf("deep/r.xml")).Descendants("failure"));
        Assert.Equal(8, await Dataset.FromParquet(PathOf("bad.parquet")).CountAsync(Token));
        Assert.Equal(292, await Dataset.FromCsv(PathOf("good.csv")).CountAsync(Token));
    }

    [Fact]
    public async Task A_schema_and_check_files_are_run_together()
    {
        var data = WriteOrders("orders.csv", rows: 300);
        await RunAsync("data", "schema", data, "--save", PathOf("s.json"));
        var checks = WriteChecks("checks.json", """{ "check": "row_count", "min": 1000 }""");
        var (code, json, _) = await RunAsync("data", "check", data, "-s", PathOf("s.json"), "-c", checks, "-o", "json");

        Assert.Equal(1, code);
        var root = JsonDocument.Parse(json).RootElement;
        Assert.Equal("orders, suite", root.GetProperty("suite").GetString());
        Assert.Equal("row count ≥ 1000", Assert.Single(root.GetProperty("checks").EnumerateArray(), check => !check.GetProperty("passed").GetBoolean()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Files_and_patterns_are_taken_together_in_their_order()
    {
        WriteOrders("day-2.csv", rows: 20);
        WriteOrders("day-1.csv", rows: 30);
        var checks = WriteChecks("checks.json", """{ "check": "row_count", "min": 50, "max": 50 }, { "column": "id", "check": "unique" }""");
        var (code, json, _) = await RunAsync("data", "check", PathOf("day-*.csv"), "-c", checks, "--json");

        Assert.Equal(1, code);
        var results = JsonDocument.Parse(json).RootElement.GetProperty("checks");
        Assert.True(results[0].GetProperty("passed").GetBoolean());
        Assert.Equal((20, 30), (results[1].GetProperty("failed").GetInt32(), results[1].GetProperty("examples")[0].GetProperty("position").GetInt32()));
    }

    [Fact]
    public async Task Suggestions_become_a_check_file_that_the_data_pass_and_other_data_fail()
    {
        var data = WriteOrders("orders.csv", rows: 3_000);
        var (suggested, text, _) = await RunAsync("data", "suggest", data, "--out", PathOf("orders.checks.json"));
        Assert.Equal(0, suggested);
        Assert.Contains("The checks were written to", text, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("data", "check", data, "--checks", PathOf("orders.checks.json"))).Code);

        var other = PathOf("other.csv");
        await File.WriteAllTextAsync(other, "id,price,status,day\n1,-4,lost,2024-01-01\n", Token);
        var (code, failures, _) = await RunAsync("data", "check", other, "--checks", PathOf("orders.checks.json"));
        Assert.Equal(1, code);
        Assert.Contains("in {closed, open}", failures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_European_file_is_read_as_its_options_say()
    {
        CreateEuropean();
        var checks = WriteChecks("c.json", """
            { "column": "größe", "check": "in_range", "min": 1000, "max": 2000 }, { "column": "plz", "check": "length", "min": 5, "max": 5 },
            { "column": "wann", "check": "of_type", "type": "time" }, { "column": "größe", "check": "not_null" }
            """);
        string[] options = ["--delimiter", ";", "--decimal", ",", "--thousands", ".", "--encoding", "windows-1252", "--type", "plz=text", "--time-format", "dd.MM.yyyy"];
        var (code, text, error) = await RunAsync(["data", "check", PathOf("kunden.txt"), "-c", checks, "--missing", "k.A.", .. options]);
        Assert.Equal((1, ""), (code, error));
        Assert.Contains("1 of 4 checks did not pass.", text, StringComparison.Ordinal);
        Assert.Contains("1 of 60 rows wrong", text, StringComparison.Ordinal);

        var (_, format, _) = await RunAsync(["data", "format", PathOf("kunden.txt"), "--json", "--missing", "k.A.", .. options]);
        var root = JsonDocument.Parse(format).RootElement;
        Assert.Equal((";", ",", "windows-1252"), (root.GetProperty("delimiter").GetString(), root.GetProperty("decimal_separator").GetString(), root.GetProperty("encoding").GetString()));
        Assert.Equal(["number", "text", "time"], root.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("type").GetString() is "date" ? "time" : column.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Values_of_personal_columns_are_in_no_report()
    {
        var data = WriteOrders("orders.csv", rows: 300);
        var checks = WriteChecks("c.json", """{ "column": "status", "check": "in", "values": ["open"] }""");
        string[] command = ["data", "check", data, "-c", checks, "--personal", "status", "--html", PathOf("r.html"), "--junit", PathOf("r.xml")];
        var (_, text, _) = await RunAsync(command);
        var (_, json, _) = await RunAsync([.. command, "--json"]);
        foreach (var shown in new[] { text, json, await File.ReadAllTextAsync(PathOf("r.html"), Token), await File.ReadAllTextAsync(PathOf("r.xml"), Token) })
        {
            Assert.DoesNotContain("closed", shown, StringComparison.Ordinal);
            Assert.Contains("•••", shown, StringComparison.Ordinal);
        }

        // A typing error must not show them.
        var (code, output, error) = await RunAsync("data", "check", data, "-c", checks, "--personal", "staus");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("'status'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing to check", "data", "check", "orders.csv")]
    [InlineData("orders.csv", "data", "check", "ordres.csv", "-c", "checks.json")]
    [InlineData("checks.json", "data", "check", "orders.csv", "-c", "nowhere-checks.json")]
    [InlineData("in_range", "data", "check", "orders.csv", "-c", "unknown.json")]
    [InlineData("no format", "data", "check", "orders.csv", "-c", "checks.json", "--quarantine", "bad.docx")]
    [InlineData("price=number", "data", "check", "orders.csv", "-c", "checks.json", "--type", "price=nubmer")]
    [InlineData("utf-8", "data", "profile", "orders.csv", "--encoding", "klingon")]
    [InlineData("one character", "data", "profile", "orders.csv", "--delimiter", "ab")]
    [InlineData("none-*.csv", "data", "profile", "none-*.csv")]
    [InlineData("known", "data", "profile", "notes.docx")]
    [InlineData("'cut' is not a readable Parquet file", "data", "check", "cut.parquet", "-c", "checks.json")]
    public async Task Wrong_use_and_unreadable_input_end_with_2_and_say_what_to_do(string expected, params string[] arguments)
    {
        WriteOrders("orders.csv", rows: 10);
        WriteChecks("checks.json", """{ "check": "row_count", "min": 1 }""");
        WriteChecks("unknown.json", """{ "column": "price", "check": "inrange", "min": 1 }""");
        await File.WriteAllTextAsync(PathOf("notes.docx"), "?", Token);
        await File.WriteAllTextAsync(PathOf("cut.parquet"), "PAR1 and no more", Token);
        string[] placed = [.. arguments.Select(argument => argument.Contains('.', StringComparison.Ordinal) && !argument.Contains('=', StringComparison.Ordinal) ? PathOf(argument) : argument)];
        var (code, output, error) = await RunAsync(placed);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected == "nothing to check" ? "--checks" : expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--checks flights.checks.json")]
    [InlineData("suggest", "--out flights.checks.json")]
    [InlineData("profile", "--html profile.html")]
    [InlineData("schema", "--evolve")]
    [InlineData("format", "kunden.csv")]
    public async Task Help_shows_examples(string command, string example)
    {
        var (code, text, _) = await RunAsync("data", command, "--help");
        Assert.Equal(0, code);
        Assert.Contains(example, text[text.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. arguments, "--workspace", _folder.FullName], output, error, Token);
        return (code, output.ToString(), error.ToString());
    }

    private string WriteChecks(string name, string checks)
    {
        File.WriteAllText(PathOf(name), $$"""{ "format": 1, "name": "suite", "checks": [ {{checks}} ] }""");
        return PathOf(name);
    }

    private string WriteOrders(string name, int rows)
    {
        File.WriteAllLines(PathOf(name), Enumerable.Range(0, rows)
            .Select(i => string.Create(CultureInfo.InvariantCulture,
                $"{i},{(i % 40) / 4.0},{(i % 3 == 0 ? "closed" : "open")},2024-01-{1 + (i % 28):00}")).Prepend("id,price,status,day"));
        return PathOf(name);
    }

    private void CreateEuropean()
    {
        var rows = Enumerable.Range(0, 60).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{(i == 7 ? "k.A." : $"1.{i:000},5")};0{1_000 + i};{1 + (i % 28):00}.03.2024"));
        File.WriteAllLines(PathOf("kunden.txt"), rows.Prepend("größe;plz;wann"), CodePagesEncodingProvider.Instance.GetEncoding(1252)!);
    }
}
