using MlOps.Sql;

namespace MlOps.PostgreSql.Tests;

public sealed class PostgreSqlTextTests
{
    [Theory]
    [InlineData("SELECT 1", "SELECT 1", new int[0])]
    [InlineData("a = @0 AND b = @1", "a = $1 AND b = $2", new[] { 0, 1 })]
    [InlineData("LIMIT @3", "LIMIT $1", new[] { 3 })]
    [InlineData("b = @12 OR a = @1 OR b > @12", "b = $1 OR a = $2 OR b > $1", new[] { 12, 1 })]
    [InlineData("a = 'it''s @0' AND b = @0", "a = 'it''s @0' AND b = $1", new[] { 0 })]
    public void Parameters_are_numbered_as_they_first_stand(string sql, string expected, int[] numbers)
    {
        var text = new PostgreSqlText(sql);
        Assert.Equal(expected, text.Sql);
        Assert.Equal(numbers, text.Numbers);
    }

    [Fact]
    public void Rows_go_as_one_array_a_column()
    {
        SqlColumn[] columns = [new("k", SqlValueKind.Integer), new("v", SqlValueKind.Text)];
        Assert.Equal(
            "INSERT INTO t (k, v) SELECT * FROM unnest($1, $2) ON CONFLICT DO NOTHING",
            PostgreSqlRows.TextOf(new SqlInsert("t", SqlDuplicates.Ignored, 1, columns)));
        Assert.Equal(
            "INSERT INTO t (k, v) SELECT DISTINCT ON (k) k, v FROM unnest($1, $2) WITH ORDINALITY AS given (k, v, ordinal) "
                + "ORDER BY k, ordinal DESC ON CONFLICT (k) DO UPDATE SET v = excluded.v",
            PostgreSqlRows.TextOf(new SqlInsert("t", SqlDuplicates.Replaced, 1, columns)));
    }

    [Fact]
    public void Halves_of_surrogate_pairs_are_replaced()
    {
        Assert.Equal("🛫 plain", PostgreSqlEncoding.WellFormed("🛫 plain"));
        Assert.Equal("a\uFFFDb", PostgreSqlEncoding.WellFormed("a\uD83Db"));
    }
}
