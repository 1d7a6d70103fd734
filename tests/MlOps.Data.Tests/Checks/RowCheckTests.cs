namespace MlOps.Data.Tests.Checks;

public sealed class RowCheckTests
{
    // Ten rows; the last of each column is missing but in the key.
    private static readonly Dataset _rows = HeldRows.Of(
        ("key", Values<long>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
        ("n", Values<double>(-1, 0, 1, 2.5, 3, 4, 5, 5, double.NaN, null)),
        ("w", Values<long>(1, 1, 2, 3, 5, 8, 13, 9007199254740993, 34, null)),
        ("i", Values<int>(3, 1, 4, 1, 5, 9, 2, 6, 5, null)),
        ("s", ["AA", "BB", "AAA", "", "äö", "bb", "AA", "CCCCCCCCCCCCCCCCCCCC", "x y", null]),
        ("t", ["AA", "B", "AAA", "", "zz", "bb", "AB", "CCCCCCCCCCCCCCCCCCCC", "x", null]),
        ("b", Values<bool>(true, false, true, true, false, true, true, true, true, null)),
        ("d", Enumerable.Range(0, 9).Select(day => (object?)new DateTimeOffset(2026, 1, 1 + day, 0, 0, 0, TimeSpan.Zero)).Append(null)));

    [Fact]
    public async Task An_infinite_number_is_an_outlier_and_makes_none_of_the_others()
    {
        var data = HeldRows.Of(
            ("n", [1.0, 2.0, double.PositiveInfinity, 3.0, 4.0, double.NaN, 100.0]),
            ("o", [1.0, double.NegativeInfinity, double.NaN, null, null, null, null]),
            ("p", [1e308, -1e308, 1e308, -1e308, 1.0, 2.0, 3.0]));
        var report = await DataChecks.Define("c", c => c
            .Column("n", n => n.OutlierFree(1.5)).Column("o", n => n.OutlierFree(3)).Column("p", n => n.OutlierFree(3)))
            .RunAsync(data, TestContext.Current.CancellationToken);
        Assert.Equal([2, 6], report.Results[0].Examples.Select(example => example.Position));
        Assert.Equal([1], report.Results[1].Examples.Select(example => example.Position));
        Assert.True(report.Results[2].Passed, report.Results[2].ToString());
    }

    [Fact]
    public async Task Numbers_of_single_precision_are_compared_in_it()
    {
        var data = HeldRows.Of(("x", [0.1f, 0.2f, 0.3f, float.PositiveInfinity]));
        var checks = DataChecks.Define("c", c => c
            .When("x < 1", finite => finite
                .Column("x", x => x.InRange(0.1, 0.3).AtLeast(0.1).AtMost(0.3).In(0.1, 0.2, 0.3).In(0.1, 0.2, 0.3, 4, 5, 6, 7, 8, 9)
                    .AtMost(1e300).ContainsAll("0.1", "0.2", "0.3"))
                .Expression("x <= 0.3").Expression("x between 0.1 and 0.3").Expression("x in (0.1, 0.2, 0.3)").Expression("x - 0.1 < 0.21"))
            .Column("x", x => x.GreaterThan(0.1).LessThan(0.3).NotIn(0.2).AtMost(1e300).AtLeast(1e300)));
        var report = await checks.RunAsync(data, TestContext.Current.CancellationToken);
        Assert.All(report.Results.Take(11), result => Assert.True(result.Passed, result.ToString()));
        Assert.Equal([1, 2, 1, 1, 3], report.Results.Skip(11).Select(result => result.Failed));
    }

    [Fact]
    public async Task Unsigned_numbers_beyond_doubles_are_ordered_and_compared_exactly()
    {
        var data = HeldRows.Of(
            ("u", [9007199254740992UL, 9007199254740993UL, ulong.MaxValue]),
            ("v", [9007199254740993UL, 9007199254740993UL, ulong.MaxValue - 1]));
        var report = await DataChecks.Define("c", c => c.Column("u", u => u.Increasing(strictly: true).EqualToColumn("v").LessThan("v")))
            .RunAsync(data, TestContext.Current.CancellationToken);
        Assert.Equal([0, 2, 2], report.Results.Select(result => result.Failed));
    }

    [Fact]
    public async Task A_text_on_which_a_pattern_takes_too_long_is_wrong_whether_it_must_match_or_must_not()
    {
        var data = HeldRows.Of(("s", [new string('a', 40) + "!", "aaa"]));
        var report = await DataChecks.Define("c", c => c.Column("s", s => s.Matches("^(a+)+$").NotMatches("^(a+)+$")))
            .RunAsync(data, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], report.Results.Select(result => result.Failed));
    }

    public static TheoryData<string, string, int, long[]> Checks()
    {
        TheoryData<string, string, int, long[]> data = [];
        foreach (var (name, _, evaluated, wrong) in Cases())
        {
            data.Add(name.Column, name.Check, evaluated, wrong);
        }

        return data;
    }

    [Theory, MemberData(nameof(Checks))]
    public async Task A_check_finds_exactly_the_rows_that_are_wrong(string column, string name, int evaluated, long[] wrong)
    {
        var define = Cases().Single(test => test.Name == (column, name)).Define;
        var checks = DataChecks.Define("c", c => c.Column(column, column => define(column)));
        var report = await checks.RunAsync(_rows, new CheckOptions { MaxExamples = 100 }, TestContext.Current.CancellationToken);
        var result = Assert.Single(report.Results);
        Assert.Equal(name, result.Name);
        Assert.Equal(column, result.Column);
        Assert.True(evaluated == result.Evaluated, $"evaluated {result.Evaluated}: {result}");
        Assert.Equal(wrong, result.Examples.Select(example => example.Position));
        Assert.Equal(wrong.Length, result.Failed);
        Assert.Equal(wrong.Length == 0, result.Passed);
        var bad = await report.Quarantine().Bad.ReadNumbersAsync("key", TestContext.Current.CancellationToken);
        Assert.Equal(wrong.Select(row => (double)row), bad);
    }

    [Fact]
    public async Task Combined_columns_are_unique_where_no_value_is_missing()
    {
        var report = await Run(c => c.Unique("s", "b").Unique("i").UniqueShare(["i"], max: 0.5).UniqueShare(["s", "b"], min: 0.8));
        Assert.Equal([6], report.Results[0].Examples.Select(example => example.Position));
        Assert.Equal("s = AA, b = true", report.Results[0].Examples[0].Value);
        Assert.Equal((9, 9, 2), (report.Results[0].Evaluated, report.Results[1].Evaluated, report.Results[1].Failed));
        Assert.Equal([5 / 9.0, 7 / 9.0], report.Results.Skip(2).Select(result => result.Value!.Value));
        Assert.All(report.Results, result => Assert.False(result.Passed));
    }

    [Fact]
    public async Task Compositions_judge_each_row_by_what_its_parts_can_judge()
    {
        var report = await Run(c => c
            .Any("AA or small", any => any.Column("s", s => s.EqualTo("AA")).Column("n", n => n.AtMost(1)))
            .All("AA and small", all => all.Column("s", s => s.EqualTo("AA")).Column("n", n => n.AtMost(1)))
            .Not("not AA and small", not => not.Column("s", s => s.EqualTo("AA")).Column("n", n => n.AtMost(1)))
            .Any("AA, or small if true", any => any.Column("s", s => s.EqualTo("AA")).Column("n", n => n.AtMost(1).When("b"))));
        Assert.Equal([3, 4, 5, 7, 8], Wrong(report, 0));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Wrong(report, 1));
        Assert.Equal([0], Wrong(report, 2));
        Assert.Equal([1, 3, 4, 5, 7, 8], Wrong(report, 3));
        Assert.All(report.Results, result => Assert.Equal(9, result.Evaluated));
    }

    [Fact]
    public void A_composition_refuses_what_cannot_be_a_part()
    {
        Assert.Contains("whole table", Assert.Throws<ArgumentException>(() => Compose(c => c.RowCount(1))).Message, StringComparison.Ordinal);
        Assert.Contains("tolerance", Assert.Throws<ArgumentException>(() => Compose(c => c.Column("n", n => n.NotNull().Mostly(0.5)))).Message, StringComparison.Ordinal);
        Assert.Contains("severity", Assert.Throws<ArgumentException>(() => Compose(c => c.Column("n", n => n.NotNull().AsWarning()))).Message, StringComparison.Ordinal);
        Assert.Contains("segments", Assert.Throws<ArgumentException>(() => Compose(c => c.Column("n", n => n.NotNull().ForEach("s")))).Message, StringComparison.Ordinal);
        Assert.Contains("no check", Assert.Throws<ArgumentException>(() => Compose(_ => { })).Message, StringComparison.Ordinal);
        static void Compose(Action<DataChecksBuilder> parts) => DataChecks.Define("c", c => c.Any("any", parts));
    }

    [Fact]
    public async Task Rows_known_to_be_wrong_only_at_the_end_are_named_and_counted_in_their_segments()
    {
        var many = HeldRows.Of(
            ("key", Enumerable.Range(0, 200_000).Select(row => (object?)(long)row)),
            ("n", Enumerable.Range(0, 200_000).Select(row => (object?)(row is 7 or 150_000 ? 1e6 : row == 9 ? null : row % 10.0))),
            ("s", Enumerable.Range(0, 200_000).Select(row => (object?)(row % 2 == 0 ? "even" : "odd"))));
        var report = await DataChecks.Define("c", c => c
            .Column("n", n => n.OutlierFree(50).ForEach("s").OutlierFree(50).When("s = 'even'").OutlierFree(1000).OutlierFree(50).Mostly(0.99))
            .Any("refused", any => any.Column("n", n => n.OutlierFree(3)))).RunAsync(many, TestContext.Current.CancellationToken);
        Assert.Equal([7, 150_000], Wrong(report, 0));
        Assert.Equal([("even", 1L, false), ("odd", 1L, false)], report.Results[0].Segments.Select(segment => (segment.Key!, segment.Failed, segment.Passed)));
        Assert.Equal((199_999, 100_000), (report.Results[0].Evaluated, report.Results[1].Evaluated));
        Assert.Equal([150_000], Wrong(report, 1));
        Assert.Equal("1000000", report.Results[1].Examples[0].Value);
        Assert.True(report.Results[2].Passed);
        Assert.True(report.Results[3].Passed);
        Assert.Contains("only at the end", report.Results[4].Observed, StringComparison.Ordinal);
        var bad = await report.Quarantine().Bad.ReadNumbersAsync("key", TestContext.Current.CancellationToken);
        Assert.Equal([7.0, 150_000], bad);
    }

    [Fact]
    public async Task A_mistyped_column_is_answered_with_the_nearest_and_fails_nothing_else()
    {
        var report = await Run(c => c
            .Column("kay", k => k.NotNull())
            .Column("n", n => n.AtLeast("nn"))
            .Column("s", s => s.InRange(1, 2))
            .Column("key", k => k.Unique().When("ss = 'AA'"))
            .Column("key", k => k.Unique().ForEach("bb"))
            .Column("key", k => k.Unique()));
        Assert.Equal([false, false, false, false, false, true], report.Results.Select(result => result.Passed));
        Assert.Contains("did you mean 'key'", report.Results[0].Observed, StringComparison.Ordinal);
        Assert.Contains("a Number or Boolean is needed", report.Results[2].Observed, StringComparison.Ordinal);
        Assert.Contains("position 1: the data has no column 'ss'", report.Results[3].Observed, StringComparison.Ordinal);
        Assert.Contains("'bb'", report.Results[4].Observed, StringComparison.Ordinal);
    }

    private static Task<CheckReport> Run(Action<DataChecksBuilder> checks) =>
        DataChecks.Define("c", checks).RunAsync(_rows, new CheckOptions { MaxExamples = 100 }, TestContext.Current.CancellationToken);

    private static IEnumerable<long> Wrong(CheckReport report, int check) => report.Results[check].Examples.Select(example => example.Position);

    private static IEnumerable<object?> Values<T>(params T?[] values)
        where T : struct => values.Select(value => (object?)value);

    private static IEnumerable<((string Column, string Check) Name, Func<ColumnChecks, ColumnChecks> Define, int Evaluated, long[] Wrong)> Cases() =>
    [
        (("n", "not null"), c => c.NotNull(), 10, [8, 9]),
        (("n", "null"), c => c.AllNull(), 10, [0, 1, 2, 3, 4, 5, 6, 7]),
        (("n", "in range [0, 4]"), c => c.InRange(0, 4), 8, [0, 6, 7]),
        (("n", "≥ 1"), c => c.AtLeast(1), 8, [0, 1]),
        (("n", "≤ 1"), c => c.AtMost(1), 8, [3, 4, 5, 6, 7]),
        (("n", "> 0"), c => c.Positive(), 8, [0, 1]),
        (("n", "> 1"), c => c.GreaterThan(1), 8, [0, 1, 2]),
        (("n", "< 2.5"), c => c.LessThan(2.5), 8, [3, 4, 5, 6, 7]),
        (("n", "≥ 0"), c => c.NotNegative(), 8, [0]),
        (("n", "finite"), c => c.Finite(), 8, []),
        (("n", "in {-1, 0, 1, 2.5}"), c => c.In(-1, 0, 1, 2.5), 8, [4, 5, 6, 7]),
        (("n", "in {1, 2, 3, 4, 5, 6, … (9)}"), c => c.In(1, 2, 3, 4, 5, 6, 7, 8, 9), 8, [0, 1, 3]),
        (("n", "not in {5}"), c => c.NotIn(5.0), 8, [6, 7]),
        (("n", "in {5}"), c => c.EqualTo(5), 8, [0, 1, 2, 3, 4, 5]),
        (("n", "increasing"), c => c.Increasing(), 8, []),
        (("n", "strictly increasing"), c => c.Increasing(strictly: true), 8, [7]),
        (("n", "decreasing"), c => c.Decreasing(), 8, [1, 2, 3, 4, 5, 6]),
        (("n", "unique"), c => c.Unique(), 8, [7]),
        (("n", "is of type Number"), c => c.OfType(ColumnKind.Number), 0, []),
        (("w", "< 9007199254740992"), c => c.LessThan(9007199254740992), 9, [7]),
        (("w", "> 9007199254740992"), c => c.GreaterThan(9007199254740992), 9, [0, 1, 2, 3, 4, 5, 6, 8]),
        (("w", "in range [1, 9007199254740992]"), c => c.InRange(1, 9007199254740992), 9, [7]),
        (("w", "unique"), c => c.Unique(), 9, [1]),
        (("w", "increasing"), c => c.Increasing(), 9, [8]),
        (("i", "in range [2, 5]"), c => c.InRange(1.5, 5.5).Named("in range [2, 5]"), 9, [1, 3, 5, 7]),
        (("i", "unique"), c => c.Unique(), 9, [3, 8]),
        (("i", "in {1, 9}"), c => c.In("1", "9"), 9, [0, 2, 4, 6, 7, 8]),
        (("i", "≤ w"), c => c.AtMost("w"), 9, [0, 2, 5]),
        (("s", "in {AA, BB, bb}"), c => c.In("AA", "BB", "bb"), 9, [2, 3, 4, 7, 8]),
        (("s", "not in {AA, CCCCCCCCCCCCCCCCCCCC}"), c => c.NotIn("AA", "CCCCCCCCCCCCCCCCCCCC"), 9, [0, 6, 7]),
        (("s", "in {AA}"), c => c.EqualTo("AA"), 9, [1, 2, 3, 4, 5, 7, 8]),
        (("s", "unique"), c => c.Unique(), 9, [6]),
        (("s", "matches ^[A-Z]+$"), c => c.Matches("^[A-Z]+$"), 9, [3, 4, 5, 8]),
        (("s", "does not match ^A"), c => c.NotMatches("^A"), 9, [0, 2, 6]),
        (("s", "starts with 'A'"), c => c.StartsWith("A"), 9, [1, 3, 4, 5, 7, 8]),
        (("s", "ends with 'ö'"), c => c.EndsWith("ö"), 9, [0, 1, 2, 3, 5, 6, 7, 8]),
        (("s", "contains ' '"), c => c.Contains(" "), 9, [0, 1, 2, 3, 4, 5, 6, 7]),
        (("s", "length in [2, 3]"), c => c.Length(2, 3), 9, [3, 7]),
        (("s", "length 2"), c => c.Length(2, 2), 9, [2, 3, 7, 8]),
        (("s", "length ≥ 1"), c => c.MinLength(1), 9, [3]),
        (("s", "length ≤ 3"), c => c.MaxLength(3), 9, [7]),
        (("s", "= t"), c => c.EqualToColumn("t"), 9, [1, 4, 6, 8]),
        (("s", "≠ t"), c => c.NotEqualToColumn("t"), 9, [0, 2, 3, 5, 7]),
        (("s", "< t"), c => c.LessThan("t"), 9, [0, 1, 2, 3, 4, 5, 7, 8]),
        (("s", "≥ t"), c => c.AtLeast("t"), 9, [6]),
        (("s", "decreasing"), c => c.Decreasing(), 9, [1, 4, 7, 8]),
        (("b", "in {true}"), c => c.EqualTo("true"), 9, [1, 4]),
        (("b", "≥ 1"), c => c.AtLeast(1), 9, [1, 4]),
        (("d", "in range [2026-01-02T00:00:00Z, 2026-01-08T12:00:00Z]"), c => c.InRange(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 8, 12, 0, 0, TimeSpan.Zero)), 9, [0, 8]),
        (("d", "unique"), c => c.Unique(), 9, []),
        (("d", "strictly increasing"), c => c.Increasing(strictly: true), 9, []),
        (("d", "> d"), c => c.GreaterThan("d"), 9, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        (("n", "< w"), c => c.LessThan("w"), 8, []),
        (("w", "= w"), c => c.EqualToColumn("w"), 9, []),
    ];
}
