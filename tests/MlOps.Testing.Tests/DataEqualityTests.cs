using MlOps.Data;
using MlOps.Testing.Tests.Flights;

namespace MlOps.Testing.Tests;

public sealed class DataEqualityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Equal_rows_pass_whatever_the_order_of_the_columns_and_the_width_of_the_numbers()
    {
        var narrow = Dataset.FromEnumerable("narrow", [1, 2], columns => columns.Column("n", i => i).Column("t", i => i == 1 ? null : "b"));
        var wide = Dataset.FromEnumerable("wide", [1, 2], columns => columns.Column("t", i => i == 1 ? null : "b").Column("n", i => (double)i));
        await DataAssert.EqualAsync(narrow, wide, cancellationToken: Token);
    }

    [Fact]
    public async Task Differences_are_shown_cell_by_cell()
    {
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.EqualAsync(Numbers("old", 1, 2, 3), Numbers("new", 1, 2.5, double.NaN, 4), cancellationToken: Token));
        Assert.Equal(
            "'new' is not equal to 'old': 2 of 3 rows differ, 1 rows are not expected.\n  row  column  expected  actual\n  1    x       2         2.5\n  2    x       3         missing\n  3            no row    a row",
            failure.Message);
    }

    [Fact]
    public async Task Rows_find_their_like_by_key_and_numbers_may_differ_by_the_tolerance()
    {
        var expected = Keyed("old", ("a", 1), ("b", 2));
        await DataAssert.EqualAsync(expected, Keyed("new", ("b", 2.001), ("a", 1)), ["id"], 0.01, Token);
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.EqualAsync(expected, Keyed("new", ("b", 2.1), ("c", 1)), ["id"], 0.01, Token));
        Assert.Equal(
            "'new' is not equal to 'old': 1 of 2 rows differ, 1 rows are missing, 1 rows are not expected.\n  id  column  expected  actual\n  b   x       2         2.1\n  c           no row    a row\n  a           a row     no row",
            failure.Message);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => DataAssert.EqualAsync(Keyed("old", ("a", 1), ("a", 2)), expected, ["id"], cancellationToken: Token));
        Assert.Equal(ErrorCodes.DuplicateKey, error.Code);
    }

    [Fact]
    public async Task Columns_that_only_one_has_are_named()
    {
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.EqualAsync(Numbers("old", 1), Keyed("new", ("a", 1)), cancellationToken: Token));
        Assert.Equal("'new' is not equal to 'old': 1 columns differ.\n  column  expected   actual\n  id      not there  Text", failure.Message);
    }

    [Fact]
    public async Task A_schema_that_does_not_hold_is_reported_and_its_own_data_pass()
    {
        var data = Numbers("x", 1, 2, 3);
        var schema = new DataSchema { Name = "small", Columns = [new DataSchemaColumn { Name = "x", Type = ColumnKind.Number, Maximum = 2 }] };
        await DataAssert.MatchesSchemaAsync(data, DataSchema.Infer(await data.ProfileAsync(cancellationToken: Token)), Token);
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.MatchesSchemaAsync(data, schema, Token));
        Assert.Contains("row 2: 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_break_their_rules_are_shown_with_their_values()
    {
        var right = new Flight { Date = new(2001, 5, 1, 0, 0, 0, TimeSpan.Zero), Delay = 1, Distance = 100, Origin = "SFO", Destination = "JFK" };
        Assert.Empty(DataAssert.Valid(right));
        Assert.Equal(2, await DataAssert.ValidAsync([right, right], Token));
        var one = Assert.Throws<AssertionFailedException>(() => DataAssert.Valid(right with { Delay = double.NaN, Origin = "sfo" }));
        Assert.Equal(
            "The row breaks 2 rules of Flight.\n  column  check                      value\n  delay   not null                   missing\n  origin  whole text matches [A-Z]+  sfo",
            one.Message);
        var many = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.ValidAsync([right, right with { Distance = 0 }], Token));
        Assert.Equal("1 of 2 rows break the rules of Flight.\n  row  column    check               value\n  1    distance  in range [1, 6000]  0", many.Message);
    }

    private static Dataset Numbers(string name, params double[] values) => Dataset.FromEnumerable(name, values, columns => columns.Column("x", x => x));

    private static Dataset Keyed(string name, params (string Id, double X)[] rows) =>
        Dataset.FromEnumerable(name, rows, columns => columns.Column("id", row => row.Id).Column("x", row => row.X));
}
