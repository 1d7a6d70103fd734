using System.Data.Common;
using Apache.Arrow.Types;
using FsCheck.Xunit;
using Microsoft.Data.Sqlite;
using MlOps.Conformance;

namespace MlOps.Data.Tests;

public sealed class QueryTests : IDisposable
{
    private readonly SqliteConnection _kept = new($"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared");

    public QueryTests()
    {
        _kept.Open();
    }

    public void Dispose() => _kept.Dispose();

    [Property(MaxTest = 30)]
    public async Task Rows_come_back_from_a_database_as_they_were(int seed, byte size)
    {
        IArrowType[] types = [Int64Type.Default, DoubleType.Default, StringType.Default, BinaryType.Default];
        var table = RandomTable.Draw(seed, size, types);
        await Execute("DROP TABLE IF EXISTS rows; CREATE TABLE rows (c0 INTEGER, c1 REAL, c2 TEXT, c3 BLOB)");
        foreach (var row in await DatasetRows.ReadAsync(table))
        {
            await Execute(
                "INSERT INTO rows VALUES ($0, $1, $2, $3)",
                row[0] is null ? null : long.Parse(row[0]!, System.Globalization.CultureInfo.InvariantCulture),
                row[1] is null ? null : double.Parse(row[1]!, System.Globalization.CultureInfo.InvariantCulture),
                row[2],
                row[3] is null ? null : Convert.FromHexString(row[3]!));
        }

        var back = Query("SELECT * FROM rows ORDER BY rowid");
        await DatasetRows.AssertEqualAsync(table, back);
        await DatasetRows.AssertReadableInPartsAsync(back, seed);
    }

    [Fact]
    public async Task Parameters_and_given_types_are_taken()
    {
        var token = TestContext.Current.CancellationToken;
        await Execute("CREATE TABLE flights (carrier TEXT, distance INTEGER, price TEXT, at TEXT, late INTEGER); "
            + "INSERT INTO flights VALUES ('AA', 100, '12.3456', '2026-01-02T03:04:05Z', 1), ('UA', 200, '-0.5', '1969-12-31 23:59:59.5', 0), (NULL, NULL, NULL, NULL, NULL)");
        var query = Dataset.FromQuery(
            "flights",
            Connect,
            "SELECT * FROM flights WHERE distance >= $min OR distance IS NULL ORDER BY distance DESC",
            new QueryOptions
            {
                Parameters = new Dictionary<string, object?> { ["$min"] = 50 },
                Types = new Dictionary<string, IArrowType>
                {
                    ["distance"] = Int32Type.Default,
                    ["price"] = new Decimal128Type(20, 2),
                    ["at"] = new TimestampType(TimeUnit.Microsecond, "UTC"),
                    ["late"] = BooleanType.Default,
                },
                Timeout = TimeSpan.FromSeconds(5),
            });
        Assert.Equal(
            [
                ["UA", "200", "-0.50", "1969-12-31T23:59:59.5Z", "false"],
                ["AA", "100", "12.35", "2026-01-02T03:04:05Z", "true"],
                [null, null, null, null, null],
            ],
            await DatasetRows.ReadAsync(query, null, token));
        Assert.Equal(1, await Dataset.FromQuery("some", Connect, "SELECT * FROM flights WHERE carrier = $c", ("$c", "AA")).CountAsync(token));
        Assert.Equal(0, await Dataset.FromQuery("none", Connect, "SELECT * FROM flights WHERE carrier = $c", ("$c", null)).CountAsync(token));
        var dates = Dataset.FromQuery("dates", Connect, "SELECT at FROM flights WHERE at IS NOT NULL", new QueryOptions { Types = new Dictionary<string, IArrowType> { ["at"] = Date32Type.Default } });
        Assert.Equal(["2026-01-02T00:00:00Z", "1969-12-31T00:00:00Z"], await dates.ReadTextsAsync("at", token));
    }

    [Fact]
    public async Task What_the_database_refuses_names_the_query_and_never_the_values()
    {
        var token = TestContext.Current.CancellationToken;
        await Execute("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1), ('two')");
        var error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromQuery("flights", Connect, "SELECT * FRM t WHERE n = $secret", ("$secret", "hidden")).CountAsync(token));
        Assert.Equal(ErrorCodes.QueryFailed, error.Code);
        Assert.Contains("'flights'", error.Message, StringComparison.Ordinal);
        Assert.Contains("SELECT * FRM t", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<MlOpsException>(() => Query("SELECT n AS a, n AS a FROM t").CountAsync(token));
        Assert.Equal(ErrorCodes.ColumnConflict, error.Code);
        error = await Assert.ThrowsAsync<MlOpsException>(() => Query("DELETE FROM t WHERE n = 99").CountAsync(token));
        Assert.Equal(ErrorCodes.QueryFailed, error.Code);
        error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromQuery("x", Connect, "SELECT n FROM t ORDER BY rowid", new QueryOptions { Types = new Dictionary<string, IArrowType> { ["n"] = Int32Type.Default } }).CountAsync(token));
        Assert.Equal(ErrorCodes.ColumnType, error.Code);
        Assert.Contains("'n'", error.Message, StringComparison.Ordinal);
        Assert.Contains("row 1", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromQuery("x", () => new SqliteConnection("Data Source=/nowhere/at/all.db;Mode=ReadOnly"), "SELECT 1").CountAsync(token));
        Assert.Equal(ErrorCodes.QueryFailed, error.Code);
    }

    [Fact]
    public async Task A_query_streams_is_read_anew_and_closes_its_connections()
    {
        var token = TestContext.Current.CancellationToken;
        List<DbConnection> made = [];
        var endless = Dataset.FromQuery(
            "endless",
            () =>
            {
                made.Add(Connect());
                return made[^1];
            },
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
        Assert.Equal(3, await endless.Take(3).CountAsync(token));
        Assert.Equal(new[] { 1.0, 2 }, await endless.Take(2).ReadNumbersAsync("i", token));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in endless.ReadAsync(null, stop.Token))
            {
                batch.Dispose();
                stop.Cancel();
            }
        });
        Assert.True(made.Count >= 3);
        Assert.All(made, connection => Assert.Equal(System.Data.ConnectionState.Closed, connection.State));
    }

    private Dataset Query(string sql) => Dataset.FromQuery("query", Connect, sql);

    private SqliteConnection Connect() => new(_kept.ConnectionString);

    private async Task Execute(string sql, params object?[] values)
    {
        using var command = _kept.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i}", values[i] ?? DBNull.Value);
        }

        await command.ExecuteNonQueryAsync();
    }
}
