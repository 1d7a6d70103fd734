using System.Text.Json;
using FsCheck.Xunit;
using MlOps.Data.Checks.Storage;
using MlOps.Statistics;

namespace MlOps.Data.Tests.Checks;

public sealed class CheckFileTests
{
    private static readonly OtherDataset Other = OtherFile();

    /// <summary>A suite with every check that a file may hold, and every change to one.</summary>
    private static DataChecks Everything { get; } = DataChecks.Define("größe", c => c
        .Personal("p")
        .Column("n", n => n.NotNull().AllNull().OfType(ColumnKind.Number).Unique().InRange(1, 6000).Mostly(0.99).AtLeast(1).AtMost(2).Finite().Whole().OutlierFree(3)
            .GreaterThan(1).LessThan(2.5).In(1, 2).NotIn(3.5).EqualTo(4).Increasing().Decreasing(strictly: true)
            .InRange(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1.5))
            .InRange(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue).InRange(DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch))
        .Column("s", s => s.In("a", "b").AsWarning().NotIn("c").EqualTo("d").ContainsAll("a").MostCommonIn("b").Matches("^a").NotMatches("b$")
            .HasFormat(TextFormat.PhoneE164).StartsWith("a").EndsWith("b").Contains("c").Length(1, 2).MinLength(1).MaxLength(2))
        .Column("n", n => n.LessThan("o").AtMost("o").EqualToColumn("o").NotEqualToColumn("o").AtLeast("o").GreaterThan("o"))
        .Column("n", n => n.Mean(1, 2).StandardDeviation(1).Variance(1).Sum(max: 1).Minimum(1).Maximum(1).Median(1).Quantile(0.9, 1).InterquartileRange(1)
            .Skewness(1).Kurtosis(1).ZeroShare(1).Entropy(1).DistinctCount(1).DistinctShare(1).UniqueShare(1).MostCommonShare(1).MissingShare(max: 0.1)
            .ApproximateDistinctCount(1).ForEach("s").AsCritical())
        .Column("n", n => n.InDataset(Other, "o").LikeBaseline(Other, null).LikeBaseline(Other, new DriftOptions { Alpha = 0.01, MinimumEffect = 0.1 })
            .Mean().WithinHistory(HistoryStrategy.RelativeChange(0.1)).Quantile(0.9, 1).WithinHistory(HistoryStrategy.RelativeChange(0, 0.5)).ForEach("s")
            .MissingShare(max: 0.5).WithinHistory(HistoryStrategy.StandardDeviations(2.5) with { Runs = 9, MinimumRuns = 3, IsRequired = true }))
        .Column("d", d => d.Fresh(TimeSpan.FromHours(6)).Fresh(TimeSpan.FromDays(1.5), TimeSpan.Zero))
        .EqualTo(Other, new DatasetDiffOptions()).EqualTo(Other, new DatasetDiffOptions { Keys = ["o"], Tolerance = 0.5 }).SameRowCountAs(Other)
        .RowCount().WithinHistory(HistoryStrategy.HoltWinters(7)).When("n > 1").Correlation("n", "o").WithinHistory(HistoryStrategy.HoltWinters(12, 0.9))
        .Unique("n", "s").UniqueShare(["n", "s"], 0.5)
        .Expression("n > 1 or s = 'ö'").When("o < 3").Named("sound")
        .RowCount(1, 10).ColumnCount(1, 9).ColumnSet(["n", "s"], exact: false, ordered: true)
        .Correlation("n", "o", -0.5, 0.5).MutualInformation("s", "t", 0.1)
        .All("all", all => all.Column("n", n => n.NotNull().When("s = 'a'")).Any("any", any => any.Column("s", s => s.NotNull()).Expression("n = 1")))
        .Not("not", not => not.Column("n", n => n.NotNull())).Named("not, renamed"));

    [Fact]
    public async Task A_suite_reads_back_as_it_was_written()
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "deep", "checks.json");
        await Everything.SaveAsync(path, token);
        var text = await File.ReadAllTextAsync(path, token);
        Assert.StartsWith("{\n  \"format\": 1,\n  \"name\": \"größe\",\n  \"personal\": [\n    \"p\"\n  ],\n  \"checks\": [\n    {\n      \"column\": \"n\",\n      \"check\": \"not_null\"\n    }", text, StringComparison.Ordinal);
        Assert.Contains("\"check\": \"in_range\",\n      \"min\": 1,\n      \"max\": 6000,\n      \"mostly\": 0.99\n", text, StringComparison.Ordinal);
        Assert.Equal(["checks.json"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
        await File.WriteAllTextAsync(path, "\uFEFF// reviewed\n" + text.Replace("{\n  \"format\"", "{\n  \"$schema\": \"checks.schema.json\",\n  \"format\"", StringComparison.Ordinal), token);
        var loaded = await DataChecks.LoadAsync(path, token);
        Assert.Equal(Everything.Rules.Select(rule => (rule.FullName(false), rule.Column, rule.Severity)), loaded.Rules.Select(rule => (rule.FullName(false), rule.Column, rule.Severity)));
        await loaded.SaveAsync(path, token);
        Assert.Equal(text, await File.ReadAllTextAsync(path, token));
    }

    [Fact]
    public void The_suite_of_everything_holds_every_kind_of_check()
    {
        using var document = JsonDocument.Parse(CheckFile.Write(Everything));
        var held = document.RootElement.GetProperty("checks").EnumerateArray().SelectMany(Flatten).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(CheckKinds.All.Select(kind => kind.Name).Except(held, StringComparer.Ordinal));
        static IEnumerable<string> Flatten(JsonElement check) =>
            [check.GetProperty("check").GetString()!, .. check.TryGetProperty("checks", out var parts) ? parts.EnumerateArray().SelectMany(Flatten) : []];
    }

    [Fact]
    public void The_published_schema_accepts_what_is_written_and_refuses_what_is_refused()
    {
        var schema = JsonSchemaFile.Load("checks.schema.json");
        using var document = JsonDocument.Parse(CheckFile.Write(Everything));
        Assert.Empty(schema.Errors(document.RootElement));
        Assert.Equal(
            CheckKinds.All.Select(kind => kind.Name).Order(StringComparer.Ordinal),
            schema.Constants("check").Order(StringComparer.Ordinal));
        Assert.All(CheckKinds.All, kind => Assert.Equal(
            kind.Required.Append("check").Order(StringComparer.Ordinal),
            schema.Required("check", kind.Name).Order(StringComparer.Ordinal)));
        foreach (var wrong in (string[])
        [
            """{"format":2,"name":"a","checks":[]}""",
            """{"format":1,"checks":[]}""",
            """{"format":1,"name":"a","checks":[{"check":"not_null"}]}""",
            """{"format":1,"name":"a","checks":[{"column":"n","check":"not_nul"}]}""",
            """{"format":1,"name":"a","checks":[{"column":"n","check":"not_null","min":1}]}""",
            """{"format":1,"name":"a","checks":[{"column":"n","check":"in","values":[]}]}""",
            """{"format":1,"name":"a","checks":[{"column":"n","check":"not_null","mostly":0}]}""",
            """{"format":1,"name":"a","checks":[{"column":"n","check":"in_range"}]}""",
            """{"format":1,"name":"a","checks":[{"column":"n","check":"in_time_range"}]}""",
            """{"format":1,"name":"a","checks":[{"column":"n","check":"length"}]}""",
            """{"format":1,"name":"a","checks":[{"column":"n","check":"not_null","severity":"fatal"}]}""",
            """{"format":1,"name":"a","checks":[{"check":"all","name":"x","checks":[{"check":"not_null"}]}]}""",
        ])
        {
            using var refused = JsonDocument.Parse(wrong);
            Assert.NotEmpty(schema.Errors(refused.RootElement));
            Assert.Throws<MlOpsException>(() => CheckFile.Read(System.Text.Encoding.UTF8.GetBytes(wrong), "checks.json"));
        }
    }

    [Theory]
    [InlineData("{\n  \"format\": 1,\n  \"name\": oops", "line 3")]
    [InlineData("{\"format\":2,\"name\":\"a\",\"groups\":[]}", "newer than 1")]
    [InlineData("{\"format\":1e9,\"name\":\"a\",\"groups\":[]}", "newer than 1")]
    [InlineData("{\"format\":0,\"name\":\"a\",\"checks\":[]}", "never was")]
    [InlineData("{\"format\":1,\"name\":\"a\"}", "checks")]
    [InlineData("{\"format\":1,\"name\":\" \",\"checks\":[]}", "no name")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[null]}", "null")]
    [InlineData("null", "null")]
    [InlineData("[]", "line 1")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"not_null\"},{\"column\":\"n\",\"check\":\"in_rage\"}]}", "check 2 ('in_rage' of 'n'): There is no such check; did you mean 'in_range'?")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"in_range\",\"minimum\":1}]}", "minimum")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"in_range\",\"min\":2,\"max\":1}]}", "check 1 ('in_range' of 'n'): The range [2, 1]")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"check\":\"in_range\",\"min\":2}]}", "It needs 'column'")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"matches\",\"pattern\":\"(\"}]}", "check 1 ('matches' of 'n')")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"has_format\",\"format\":\"emial\"}]}", "The formats are email")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"of_type\",\"type\":\"int\"}]}", "The types are number")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"in\",\"values\":[1,\"a\"]}]}", "texts, all of them")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"in\",\"values\":[1e999]}]}", "check 1")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"length\",\"min\":1.5}]}", "whole number")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"length\",\"min\":1e12}]}", "check 1")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"not_null\",\"severity\":\"fatal\"}]}", "The severities are")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"not_null\",\"mostly\":2}]}", "share of rows")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"not_null\",\"when\":\"a >\"}]}", "position 4")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"check\":\"any\",\"name\":\"x\",\"checks\":[{\"check\":\"row_count\",\"min\":1}]}]}", "whole table")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"check\":\"any\",\"name\":\"x\",\"checks\":[{\"check\":\"nothing\"}]}]}", "check 1 ('any'): check 1 ('nothing')")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"mean\"}]}", "check 1 ('mean' of 'n'): The mean of n has no limit")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"mean\",\"history\":{\"strategy\":\"guess\"}}]}", "The strategies are relative_change")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"not_null\",\"history\":{\"strategy\":\"standard_deviations\"}}]}", "measures nothing that has a history")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"fresh\",\"max_age\":\"a day\"}]}", "'a day' is no span of time")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"check\":\"unique_share\",\"min\":1}]}", "either a column or columns")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"in_time_range\",\"from\":\"soon\",\"to\":\"later\"}]}", "'soon' is no time")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"in_time_range\"}]}", "check 1 ('in_time_range' of 'n'): It needs from, to or both.")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"checks\":[{\"column\":\"n\",\"check\":\"in_range\"}]}", "check 1 ('in_range' of 'n'): It needs min, max or both.")]
    public async Task A_wrong_check_file_is_refused_with_its_place(string content, string expected)
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "checks.json");
        await File.WriteAllTextAsync(path, content, token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => DataChecks.LoadAsync(path, token));
        Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"from\":\"2026-01-02\"", 1, "at or after 2026-01-02T00:00:00")]
    [InlineData("\"to\":\"2026-01-02\"", 1, "at or before 2026-01-02T00:00:00")]
    [InlineData("\"from\":\"2026-01-02\",\"to\":\"2026-01-02\"", 2, "in range [2026-01-02T00:00:00")]
    public async Task A_span_of_time_may_be_open_at_either_end(string limits, long wrong, string name)
    {
        var checks = CheckFile.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"format":1,"name":"a","checks":[{"column":"t","check":"in_time_range",{{limits}}}]}"""), "checks.json");
        var first = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var result = Assert.Single((await checks.RunAsync(HeldRows.Of(("t", [first, first.AddDays(1), first.AddDays(2), null])), TestContext.Current.CancellationToken)).Results);
        Assert.Equal(wrong, result.Failed);
        Assert.StartsWith(name, result.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_without_a_limit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DataChecks.Define("c", c => c.Column("n", n => n.InRange(double.NegativeInfinity, double.PositiveInfinity))));
        Assert.Throws<ArgumentException>(() => DataChecks.Define("c", c => c.Column("n", n => n.InRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue))));
    }

    [Property(MaxTest = 3000)]
    public void A_damaged_check_file_is_refused_and_nothing_else_happens(int seed)
    {
        var random = new Random(seed);
        var bytes = CheckFile.Write(Everything).ToList();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at - 1)); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - 50), random.Next(50))); break;
                default: bytes[at] = (byte)"{}[],:\"0-e.\\"[random.Next(12)]; break;
            }
        }

        try
        {
            Assert.True(CheckFile.Read(bytes.ToArray(), "checks.json").Count >= 0);
        }
        catch (MlOpsException error)
        {
            Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
        }
    }

    [Fact]
    public async Task Other_data_are_found_from_the_folder_of_the_check_file_on()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory().FullName;
        Directory.CreateDirectory(Path.Combine(folder, "checks"));
        await File.WriteAllTextAsync(Path.Combine(folder, "airports.csv"), "iata,city\nJFK,New York\n", token);
        var path = Path.Combine(folder, "checks", "flights.checks.json");
        await File.WriteAllTextAsync(path, """{"format":1,"name":"a","checks":[{"check":"any","name":"x","checks":[{"column":"s","check":"in_dataset","data":"../airports.csv","other":"iata"}]}]}""", token);
        var checks = await DataChecks.LoadAsync(path, token);
        var report = await checks.RunAsync(HeldRows.Of(("s", ["JFK", "SFO", null])), token);
        Assert.Equal(1, Assert.Single(report.Results).Failed);
        await checks.SaveAsync(path, token);
        Assert.Contains("\"data\": \"../airports.csv\"", await File.ReadAllTextAsync(path, token), StringComparison.Ordinal);
        foreach (var (data, expected) in ((string, string)[])
        [
            ("airports.csv", $"There is no file '{Path.Combine(folder, "checks", "airports.csv")}'"),
            ("https://example.org/a.csv", "is no path"),
            ("flights.checks.json", "is of no known format; the known ones are: .csv"),
        ])
        {
            var wrong = $$"""{"format":1,"name":"a","checks":[{"check":"same_row_count","data":"{{data}}"}]}""";
            var error = Assert.Throws<MlOpsException>(() => CheckFile.Read(System.Text.Encoding.UTF8.GetBytes(wrong), path));
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Code_cannot_be_saved_and_says_so()
    {
        var checks = DataChecks.Define("c", c => c.Any("x", any => any.Row("by code", _ => true)));
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "checks.json");
        var error = await Assert.ThrowsAsync<MlOpsException>(() => checks.SaveAsync(path, TestContext.Current.CancellationToken));
        Assert.Contains("'x' of 'c' holds code", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        var data = HeldRows.Of(("n", [1.0]));
        checks = DataChecks.Define("c", c => c.SameRowCountAs(data));
        error = await Assert.ThrowsAsync<MlOpsException>(() => checks.SaveAsync(path, TestContext.Current.CancellationToken));
        Assert.Contains("'as many rows as rows' of 'c' holds code or data", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<MlOpsException>(() => DataChecks.LoadAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.FileNotFound, error.Code);
    }

    private static OtherDataset OtherFile()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "other.csv");
        File.WriteAllText(path, "n,o\n1,2\n");
        return new OtherDataset(Dataset.FromCsv(path), path);
    }
}
