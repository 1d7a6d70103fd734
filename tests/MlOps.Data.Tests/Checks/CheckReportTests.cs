using System.Text.Json;
using System.Xml.Linq;

namespace MlOps.Data.Tests.Checks;

public sealed class CheckReportTests
{
    private static readonly Dataset _rows = HeldRows.Of(
        ("n", [1.0, 2.0, double.PositiveInfinity, null]),
        ("s", ["a", "<b> & \"c\"", "\u0001\ud83d\ude00\ud800", "b"]));

    [Fact]
    public async Task JUnit_has_a_case_for_each_check_with_its_message_and_rows()
    {
        var report = await Run();
        Assert.Empty(JUnitShape.Faults(report.ToJUnit()));
        Assert.NotEmpty(JUnitShape.Faults(report.ToJUnit().Replace("tests=\"6\"", "", StringComparison.Ordinal)));
        var xml = XDocument.Parse(report.ToJUnit());
        Assert.Equal("testsuites", xml.Root!.Name);
        var suite = Assert.Single(xml.Root.Elements());
        Assert.Equal(
            ("testsuite", "suite on rows", "6", "2", "0", "0"),
            (suite.Name.LocalName, Value(suite, "name"), Value(suite, "tests"), Value(suite, "failures"), Value(suite, "errors"), Value(suite, "skipped")));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$", Value(suite, "timestamp"));
        var cases = suite.Elements("testcase").ToArray();
        Assert.Equal(["n not null", "n maximum ≤ 5", "s in {a, b}", "s not in {a}, mostly 0.5", "odd \uFFFD name", "s length ≤ 99, for each s"], cases.Select(test => Value(test, "name")));
        Assert.All(cases, test => Assert.Equal("suite", Value(test, "classname")));
        var failure = Assert.Single(cases[0].Elements());
        Assert.Equal(("failure", "1 of 4 rows wrong", "error"), (failure.Name.LocalName, Value(failure, "message"), Value(failure, "type")));
        Assert.Equal("n not null: 1 of 4 rows wrong\nrow 3: missing", failure.Value);
        Assert.Equal("critical", Value(Assert.Single(cases[1].Elements("failure")), "type"));

        // A warning passes, and its rows are shown, with what XML cannot hold replaced.
        var output = Assert.Single(cases[2].Elements());
        Assert.Equal("system-out", output.Name);
        Assert.Equal("warning: s in {a, b}: 2 of 4 rows wrong\nrow 1: <b> & \"c\"\nrow 2: \uFFFD\ud83d\ude00\uFFFD", output.Value.Replace("\uFFFD\uFFFD\uFFFD", "\uFFFD", StringComparison.Ordinal));
        Assert.Empty(cases[5].Elements());
    }

    [Fact]
    public async Task Json_says_what_was_found_and_holds_infinities()
    {
        var report = await Run();
        using var json = JsonDocument.Parse(report.ToJson());
        var root = json.RootElement;
        Assert.False(root.GetProperty("passed").GetBoolean());
        Assert.Equal(("suite", "rows", 4), (root.GetProperty("suite").GetString(), root.GetProperty("dataset").GetString(), root.GetProperty("row_count").GetInt32()));
        var checks = root.GetProperty("checks");
        Assert.Equal(6, checks.GetArrayLength());
        Assert.Equal("Infinity", checks[1].GetProperty("value").GetString());
        Assert.Equal("critical", checks[1].GetProperty("severity").GetString());
        Assert.Equal(3, checks[0].GetProperty("examples")[0].GetProperty("position").GetInt32());
        Assert.Equal(4, checks[5].GetProperty("segments").GetArrayLength());
        Assert.False(checks[0].TryGetProperty("segments", out _));
        Assert.Equal(0.25, checks[0].GetProperty("failed_share").GetDouble());
        Assert.All(Names(root), name => Assert.Equal(name.ToLowerInvariant(), name));
    }

    [Fact]
    public async Task Text_and_page_name_every_check()
    {
        var report = await Run();
        var text = report.ToText();
        Assert.All(report.Results.Where(result => result.Name[0] != 'o'), result => Assert.Contains(result.Name, text, StringComparison.Ordinal));
        Assert.Contains("critical", text, StringComparison.Ordinal);
        var html = report.ToReport().ToHtml();
        Assert.Contains("&lt;b&gt; &amp; ", html, StringComparison.Ordinal);
        Assert.Contains("4 segments", html, StringComparison.Ordinal);
        Assert.StartsWith("suite on rows: FAILED, 3 of 6 checks passed, 4 rows.\n  CRITICAL: n maximum ≤ 5: maximum Infinity", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_read_large_counts_with_commas_and_programs_without()
    {
        var data = HeldRows.Of(("n", Enumerable.Range(0, 12_000).Select(i => (object?)(double)i)));
        var report = await DataChecks.Define("c", c => c.Column("n", n => n.AtLeast(11_000).DistinctCount(max: 1)).RowCount(max: 1)).RunAsync(data, TestContext.Current.CancellationToken);
        foreach (var text in (string[])[report.ToText(), report.ToReport().ToHtml(), report.ToString()])
        {
            Assert.Contains("11,000 of 12,000 rows wrong", text, StringComparison.Ordinal);
            Assert.Contains("distinct count 12,000", text, StringComparison.Ordinal);
            Assert.Contains("12,000 rows", text, StringComparison.Ordinal);
        }

        using var json = JsonDocument.Parse(report.ToJson());
        Assert.Equal((12_000, 11_000), (json.RootElement.GetProperty("row_count").GetInt32(), json.RootElement.GetProperty("checks")[0].GetProperty("failed").GetInt32()));
    }

    [Fact]
    public async Task Examples_are_as_many_as_asked_for()
    {
        var checks = DataChecks.Define("c", c => c.Column("n", n => n.AtMost(0)));
        var data = HeldRows.Of(("n", Enumerable.Range(1, 50).Select(i => (object?)(double)i)));
        foreach (var (options, count) in ((CheckOptions, int)[])[(CheckOptions.Default, 5), (new() { MaxExamples = 0 }, 0), (new() { MaxExamples = 7 }, 7)])
        {
            var result = (await checks.RunAsync(data, options, TestContext.Current.CancellationToken)).Results[0];
            Assert.Equal((50, count), (result.Failed, result.Examples.Count));
        }
    }

    private static IEnumerable<string> Names(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Names(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    private static string? Value(XElement element, string attribute) => element.Attribute(attribute)?.Value;

    private static Task<CheckReport> Run() => DataChecks.Define("suite", c => c
        .Column("n", n => n.NotNull().Maximum(max: 5).AsCritical())
        .Column("s", s => s.In("a", "b").AsWarning().NotIn("a").Mostly(0.5).Named("not in {a}"))
        .Expression("s <> 'z'").Named("odd \u0002 name")
        .Column("s", s => s.MaxLength(99).ForEach("s"))).RunAsync(_rows, TestContext.Current.CancellationToken);
}
