using Apache.Arrow;
using Apache.Arrow.Types;
using FsCheck.Xunit;
using MlOps.Conformance;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.DuckDb.Tests;

public sealed class DuckDbTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Property(MaxTest = 30)]
    public async Task A_data_set_comes_back_from_a_table_as_it_was(int seed, byte size)
    {
        var table = RandomTable.Draw(seed, size, RandomTable.AllTypes);
        var back = Dataset.FromDuckDb("SELECT * FROM random", table);
        await DatasetRows.AssertEqualAsync(table, back);
        await DatasetRows.AssertReadableInPartsAsync(back, seed);
    }

    [Property(MaxTest = 20)]
    public async Task Decimals_of_every_width_times_and_zones_are_carried(int seed, byte size)
    {
        IArrowType[] types = [new Decimal128Type(4, 2), new Decimal128Type(9, 0), new Decimal128Type(18, 6), new Decimal128Type(38, 10), new TimestampType(TimeUnit.Millisecond, "UTC")];
        var random = new Random(seed);
        Field[] fields = [.. types.Select((type, i) => new Field($"c{i}", type, true))];
        var rows = 1 + size;
        IArrowArray Column(int i)
        {
            var appender = ColumnAppender.For(fields[i]);
            for (var row = 0; row < rows; row++)
            {
                var digits = i < 4 ? ((Decimal128Type)types[i]).Precision : 0;
                switch (random.Next(5), i)
                {
                    case (0, _): appender.AppendMissing(); break;
                    case (_, 4): appender.AppendValue(random.NextInt64(-4_000_000_000_000, 4_000_000_000_000)); break;
                    case (1, _): appender.AppendValue(Int128.Parse((random.Next(2) == 0 ? "-" : "") + new string('9', digits), System.Globalization.CultureInfo.InvariantCulture)); break;
                    default: appender.AppendValue((Int128)random.Next(-9999, 10_000)); break;
                }
            }

            return appender.Build();
        }

        var schema = new Schema(fields, null);
        var table = Dataset.FromBatches("decimals", schema, [new RecordBatch(schema, Enumerable.Range(0, fields.Length).Select(Column).ToArray(), rows)]);
        var back = Dataset.FromDuckDb("FROM decimals", table);
        DatasetRows.AssertEqual(await DatasetRows.ReadAsync(table), await DatasetRows.ReadAsync(back));
    }

    [Fact]
    public async Task More_rows_than_a_vector_are_copied_and_streamed_in_the_readers_batches()
    {
        var token = TestContext.Current.CancellationToken;
        var table = RandomTable.Draw(1, 10_000, RandomTable.CommonTypes);
        await DatasetRows.AssertEqualAsync(table, Dataset.FromDuckDb("FROM random", table), token);
        List<int> sizes = [];
        await foreach (var batch in Dataset.FromDuckDb("FROM range(5000)").ReadAsync(new DatasetReadOptions { BatchSize = 3000 }, token))
        {
            using (batch)
            {
                sizes.Add(batch.Length);
            }
        }

        Assert.Equal([3000, 2000], sizes);
    }

    [Fact]
    public async Task Files_are_read_by_DuckDB_and_joined_with_data_sets()
    {
        var token = TestContext.Current.CancellationToken;
        var (csv, parquet) = (Path.Combine(_folder, "airports.csv"), Path.Combine(_folder, "flights.parquet"));
        await File.WriteAllTextAsync(csv, "iata,city\nJFK,New York\nSFO,San Francisco\n", token);
        var flights = Dataset.FromEnumerable("flights", Enumerable.Range(0, 1000), c => c.Column("origin", i => i % 3 == 0 ? "JFK" : "SFO").Column("delay", i => i));
        await flights.WriteParquetAsync(parquet, cancellationToken: token);
        var sql = "SELECT city, count(*) AS flights, avg(delay) AS delay FROM {0} f JOIN {1} a ON a.iata = f.origin GROUP BY city ORDER BY city; ";
        string?[][] expected = [["New York", "334", "499.5"], ["San Francisco", "666", "499.5"]];
        foreach (var query in new[]
        {
            Dataset.FromDuckDb(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, $"'{parquet}'", $"'{csv}'")),
            Dataset.FromDuckDb(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, "Flights", "airports"), flights, Dataset.FromCsv(csv)),
        })
        {
            DatasetRows.AssertEqual(expected, await DatasetRows.ReadAsync(query, null, token));
        }
    }

    [Fact]
    public async Task The_order_of_a_query_holds_for_some_columns_as_for_all()
    {
        var token = TestContext.Current.CancellationToken;
        var sorted = Dataset.FromDuckDb("SELECT i, (i * 7919) % 300007 AS k, i % 10 AS m FROM range(300000) t(i) ORDER BY k DESC -- a comment");
        var numbers = await sorted.ReadNumbersAsync("k", token);
        Assert.Equal(300_000, numbers.Length);
        Assert.Equal(numbers.OrderDescending(), numbers);
        var some = await DatasetRows.ReadAsync(sorted, new DatasetReadOptions { Columns = ["m", "k"], Offset = 100_000, Limit = 5 }, token);
        Assert.Equal(numbers.Skip(100_000).Take(5), some.Select(row => double.Parse(row[1]!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task DuckDBs_own_types_become_columns_or_are_refused_by_name()
    {
        var token = TestContext.Current.CancellationToken;
        var types = Dataset.FromDuckDb(
            "SELECT 170141183460469231731687303715884105::HUGEINT AS huge, 'a'::ENUM('a', 'b') AS kind, '6f9619ff-8b86-d011-b42d-00c04fc964ff'::UUID AS id, "
            + "DATE '2026-01-02' AS day, TIMESTAMP '2026-01-02 03:04:05.678' AS at, 1.50::DECIMAL(5, 2) AS price, true AS yes, NULL AS nothing, CAST(2 AS UTINYINT) AS small");
        Assert.Equal(
            [["170141183460469231731687303715884105", "a", "6f9619ff-8b86-d011-b42d-00c04fc964ff", "2026-01-02T00:00:00Z", "2026-01-02T03:04:05.678Z", "1.50", "true", null, "2"]],
            await DatasetRows.ReadAsync(types, null, token));
        foreach (var sql in new[] { "SELECT 1 AS n, [1, 2] AS nested", "SELECT 1 AS n, {'a': 1} AS nested", "SELECT 1 AS n, MAP {'a': 1} AS nested", "SELECT 1 AS n, INTERVAL 1 DAY AS nested" })
        {
            var error = await Assert.ThrowsAsync<MlOpsException>(async () => await Dataset.FromDuckDb(sql).GetSchemaAsync(token));
            Assert.Equal(ErrorCodes.ColumnType, error.Code);
            Assert.Contains("'nested'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Parameters_are_given_by_name_or_place()
    {
        var token = TestContext.Current.CancellationToken;
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var query = Dataset.FromDuckDb(
            "SELECT $n AS n, $text AS text, $at::TIMESTAMP AS at, $price::DECIMAL(10, 4) AS price, $none::INTEGER AS none, $day::DATE AS day",
            new DuckDbOptions { Parameters = new Dictionary<string, object?> { ["n"] = 7L, ["text"] = "it's", ["at"] = at, ["price"] = 12.3456m, ["none"] = null, ["day"] = new DateOnly(1969, 12, 31) } });
        Assert.Equal([["7", "it's", "2026-01-02T03:04:05Z", "12.3456", null, "1969-12-31T00:00:00Z"]], await DatasetRows.ReadAsync(query, null, token));
        var placed = Dataset.FromDuckDb("SELECT i FROM range(10) t(i) WHERE i > ?", new DuckDbOptions { Parameters = new Dictionary<string, object?> { ["1"] = 7 } });
        Assert.Equal(new[] { 8.0, 9 }, await placed.ReadNumbersAsync("i", token));
        var unknown = Dataset.FromDuckDb("SELECT 1 AS n", new DuckDbOptions { Name = "q", Parameters = new Dictionary<string, object?> { ["m"] = 7 } });
        Assert.Contains("'m'", (await Assert.ThrowsAsync<MlOpsException>(() => unknown.CountAsync(token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_DuckDB_refuses_is_told_with_the_place_in_the_query()
    {
        var token = TestContext.Current.CancellationToken;
        var error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromDuckDb("SELECT *\nFRM flights", new DuckDbOptions { Name = "busiest" }).CountAsync(token));
        Assert.Equal(ErrorCodes.QueryFailed, error.Code);
        Assert.Contains("'busiest'", error.Message, StringComparison.Ordinal);
        Assert.Contains("LINE 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("^", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromDuckDb("SELECT * FROM 'nowhere.parquet'").CountAsync(token));
        Assert.Equal(ErrorCodes.FileNotFound, error.Code);
        error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromDuckDb("SELECT CASE WHEN i = 90000 THEN error('row') ELSE i END AS i FROM range(100000) t(i)").CountAsync(token));
        Assert.Equal(ErrorCodes.QueryFailed, error.Code);
        error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromDuckDb("SELECT 1 AS n", new DuckDbOptions { Database = "nowhere.db" }).CountAsync(token));
        Assert.Equal(ErrorCodes.FileNotFound, error.Code);
        error = await Assert.ThrowsAsync<MlOpsException>(() => Dataset.FromDuckDb("SELECT 1 AS n", new DuckDbOptions { MemoryLimit = "much" }).CountAsync(token));
        Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
        var one = Dataset.FromEnumerable("one", [1], c => c.Column("n", i => i));
        Assert.Throws<ArgumentException>(() => Dataset.FromDuckDb("FROM one", one, one.WithName("ONE")));
    }

    [Fact]
    public async Task A_long_query_is_stopped_by_its_token()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var endless = Dataset.FromDuckDb("SELECT count(*) AS n FROM range(1000000000) a, range(1000000) b WHERE a.range * b.range = 7", new DuckDbOptions { Threads = 1, MemoryLimit = "1GB" });
        await endless.GetSchemaAsync(stop.Token);
        stop.CancelAfter(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless.CountAsync(stop.Token));
    }
}
