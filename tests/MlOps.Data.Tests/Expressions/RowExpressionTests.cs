using FsCheck.Xunit;

namespace MlOps.Data.Tests.Expressions;

public sealed class RowExpressionTests
{
    private static readonly string?[] _texts = ["a", "b", "", "ab", null, "it's", "ä", "Ä", " a ", "ba"];
    private static readonly double?[] _numbers = [0, 1, -3, 2.5, null, double.NaN, double.PositiveInfinity, 7, -0.0, 1e300, 0.05];
    private static readonly long?[] _wholes = [0, 1, -3, 7, null, 9007199254740992, 9007199254740993, long.MaxValue, long.MinValue];

    [Property(MaxTest = 400)]
    public async Task Every_row_gets_the_verdict_that_it_has_by_itself(int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, random.Next(1, 140)).Select(_ => Draw(random)).ToArray();
        var data = Data(rows);
        var writer = new ExpressionTexts(random);
        for (var i = 0; i < 8; i++)
        {
            var text = writer.Truth(3);
            var expression = RowExpression.Parse(text);
            var expected = rows.Select(row => new ExpressionOracle(name => row[name]).Judge(expression.Syntax)).ToArray();
            var kept = await data.Where(text).ReadNumbersAsync("row");
            Assert.True(
                kept.SequenceEqual(Where(expected, true)),
                $"{text}: expected {string.Join(',', Where(expected, true))}, kept {string.Join(',', kept)}");

            // False rows fail a check, missing ones are passed over.
            var result = (await DataChecks.Define("c", c => c.Expression(text)).RunAsync(data)).Results[0];
            Assert.Equal((expected.Count(verdict => verdict is not null), expected.Count(verdict => verdict == false)), (result.Evaluated, result.Failed));
        }
    }

    [Theory]
    [InlineData("", 1, "expected a column, a number, a text or '('")]
    [InlineData("a >", 4, "found the end")]
    [InlineData("a > 1 b", 7, "expected an operator or the end, found 'b'")]
    [InlineData("a = 'x", 5, "no counterpart")]
    [InlineData("a in 1", 6, "expected '('")]
    [InlineData("a in (1", 8, "expected ')'")]
    [InlineData("a between 1 or 2", 13, "'and' and the upper limit")]
    [InlineData("a is 1", 6, "expected 'null'")]
    [InlineData("a not null", 7, "'in', 'between', 'like' or 'matches'")]
    [InlineData("in > 1", 1, "a column of that name stands in `…`")]
    [InlineData("a # 1", 3, "'#' means nothing")]
    [InlineData("1a = 2", 1, "followed at once")]
    [InlineData("a = 1e999", 5, "too large")]
    [InlineData("a like b", 8, "a pattern in '…'")]
    [InlineData("a matches '('", 11, "regular expression")]
    [InlineData("a = ``", 5, "empty")]
    public void A_wrong_expression_is_refused_with_its_place(string text, int position, string expected)
    {
        var error = Assert.Throws<MlOpsException>(() => RowExpression.Parse(text));
        Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
        Assert.Contains($"at position {position}:", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("distanse > 1", ErrorCodes.ColumnNotFound, "id you mean 'distance'")]
    [InlineData("distance", ErrorCodes.ColumnType, "a number is no condition")]
    [InlineData("distance = 'AA'", ErrorCodes.ColumnType, "does not compare so with a text")]
    [InlineData("lower(distance) = 'a'", ErrorCodes.ColumnType, "no text")]
    [InlineData("carrier + 1 > 2", ErrorCodes.ColumnType, "no number")]
    [InlineData("date > 'soon'", ErrorCodes.InvalidConfiguration, "no time")]
    [InlineData("lenght(carrier) > 2", ErrorCodes.InvalidConfiguration, "did you mean 'length'")]
    [InlineData("abs(distance, 1) > 2", ErrorCodes.InvalidConfiguration, "takes 1 value")]
    [InlineData("round(distance, 1.5) > 2", ErrorCodes.InvalidConfiguration, "digits")]
    [InlineData("cancelled < true", ErrorCodes.ColumnType, "does not compare so")]
    public async Task What_cannot_be_asked_of_the_columns_is_said(string text, string code, string expected)
    {
        var data = Dataset.FromEnumerable("flights", [1.0], c => c
            .Column("distance", x => x).Column("carrier", _ => "AA").Column("cancelled", _ => false).Column("date", _ => DateTimeOffset.UnixEpoch));
        var error = await Assert.ThrowsAsync<MlOpsException>(() => data.Where(text).CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(code, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);

        // In a suite it is the result of the check.
        var result = (await DataChecks.Define("c", c => c.Expression(text).When("cancelled")).RunAsync(data, TestContext.Current.CancellationToken)).Results[0];
        Assert.False(result.Passed);
        Assert.Contains(expected, result.Observed, StringComparison.Ordinal);
    }

    [Property(MaxTest = 2000)]
    public void No_text_makes_the_parser_throw_anything_else(int seed)
    {
        var random = new Random(seed);
        string[] words = ["a", "`b`", "and", "or", "not", "(", ")", "in", ",", "between", "is", "null", "like", "'x'", "matches", "1", "-", "+", "*", "<", ">=", "round", "'", "%", "\"", ".5", "1e", " ", "true", "\u0000", "é", "\ud800"];
        var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => words[random.Next(words.Length)] + (random.Next(3) == 0 ? "" : " ")));
        try
        {
            Assert.NotNull(RowExpression.Parse(text).Columns);
        }
        catch (MlOpsException error)
        {
            Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
        }
    }

    [Theory, InlineData("("), InlineData("not "), InlineData("- "), InlineData("abs(")]
    public void Deep_nesting_is_refused_and_long_chains_are_not(string opening)
    {
        var error = Assert.Throws<MlOpsException>(() => RowExpression.Parse(string.Concat(Enumerable.Repeat(opening, 5000)) + "1"));
        Assert.Contains("nested deeper", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], RowExpression.Parse(string.Join(" or ", Enumerable.Repeat("a = 1", 5000))).Columns);
        Assert.Equal(["a"], RowExpression.Parse("0 < " + string.Join(" + ", Enumerable.Repeat("a", 5000))).Columns);
    }

    [Fact]
    public async Task A_filter_reads_only_the_columns_that_it_and_the_reader_need()
    {
        var data = Data([.. Enumerable.Range(0, 100).Select(_ => Draw(new Random(1)))]);
        Assert.Equal(["n", "s"], RowExpression.Parse("n > 1 and s like 'a%' and n < 3").Columns);
        var columns = (await data.Where("n is null").Select("row").GetSchemaAsync(TestContext.Current.CancellationToken)).FieldsList;
        Assert.Equal("row", Assert.Single(columns).Name);
    }

    private static double[] Where(bool?[] verdicts, bool wanted) =>
        [.. Enumerable.Range(0, verdicts.Length).Where(row => verdicts[row] == wanted).Select(row => (double)row)];

    private static Dictionary<string, object?> Draw(Random random) => new(StringComparer.Ordinal)
    {
        ["n"] = _numbers[random.Next(_numbers.Length)],
        ["w"] = _wholes[random.Next(_wholes.Length)],
        ["s"] = _texts[random.Next(_texts.Length)],
        ["t"] = _texts[random.Next(_texts.Length)],
        ["b"] = random.Next(3) switch { 0 => true, 1 => false, _ => null },
        ["d"] = random.Next(4) is var day && day == 0 ? null : new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero),
    };

    private static Dataset Data(Dictionary<string, object?>[] rows) => HeldRows.Of(
        ("row", rows.Index().Select(row => (object?)(double)row.Index)),
        ("n", rows.Select(row => row["n"])),
        ("w", rows.Select(row => row["w"])),
        ("s", rows.Select(row => row["s"])),
        ("t", rows.Select(row => row["t"])),
        ("b", rows.Select(row => row["b"])),
        ("d", rows.Select(row => row["d"])));
}
