using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Tracking;

namespace MlOps.Sqlite.Tests;

public sealed class SqliteRunSearchTests : IDisposable
{
    private static readonly DateTimeOffset _start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TemporaryDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_database_of_an_older_build_is_searched_as_if_it_had_been_written_by_this_one()
    {
        var store = _database.Services.GetRequiredService<IRunStore>();
        await AddAsync(store, 1, [
            Metric("loss", 3, 1), Metric("loss", double.NaN, 0), Metric("loss", 0.5, 2), Metric("nan", double.NaN, 0),
            RunEvent.Parameter("lr", "1e-3"), RunEvent.Parameter("name", "gbt"), RunEvent.Parameter("huge", "1e999"), RunEvent.Parameter("blank", " 1"),
            RunEvent.Tag("n", "-2.5"), RunEvent.Input("training", "flights@3 sha256:abc"), RunEvent.Input("test", "weather"),
        ]);
        await AddAsync(store, 2, [Metric("loss", 7, 0)]);
        var before = await StateAsync();
        Execute(
            """
            DELETE FROM metric_chunks;
            INSERT INTO metric_points (metric_id, step, recorded_at, sequence, value)
            SELECT m.id, v.step, m.first_at, v.sequence, v.value FROM metrics m JOIN (
                SELECT 'loss' AS name, 3 AS points, 1 AS step, 0 AS sequence, 3.0 AS value UNION ALL SELECT 'loss', 3, 0, 1, NULL
                UNION ALL SELECT 'loss', 3, 2, 2, 0.5 UNION ALL SELECT 'nan', 1, 0, 3, NULL UNION ALL SELECT 'loss', 1, 0, 0, 7.0) v
                ON m.name = v.name AND m.point_count = v.points;
            DROP INDEX metrics_by_latest; DROP INDEX metrics_by_min; DROP INDEX metrics_by_max;
            DROP INDEX run_values_by_value; DROP INDEX run_values_by_number; DROP TABLE run_datasets;
            DROP INDEX runs_by_start; DROP INDEX runs_by_experiment; DROP INDEX runs_by_status;
            CREATE INDEX runs_by_experiment ON runs (experiment, id); CREATE INDEX runs_by_status ON runs (status, id);
            ALTER TABLE run_values DROP COLUMN number;
            ALTER TABLE metrics DROP COLUMN point_count; ALTER TABLE metrics DROP COLUMN first_step; ALTER TABLE metrics DROP COLUMN first_at;
            ALTER TABLE metrics DROP COLUMN first_value; ALTER TABLE metrics DROP COLUMN min_value; ALTER TABLE metrics DROP COLUMN max_value;
            DELETE FROM SchemaVersions WHERE ScriptName = '0003_metric_summaries.sql';
            """);

        var reader = _database.Open().GetRequiredService<IRunReader>();
        foreach (var filter in new[]
        {
            "metrics.loss.count = 3", "metrics.loss.min = 0.5 AND metrics.loss.max = 3", "metrics.loss.first != 0 AND metrics.loss.count != 1",
            "metrics.nan.min != 0 AND metrics.nan.count = 1", "params.lr = 0.001", "tags.n < -2", "datasets.name = 'flights' AND datasets.digest = 'abc'",
            "datasets.name = 'weather' AND datasets.context = 'test'", "NOT params.name < 1 AND params.name = 'gbt'", "params.huge IS NOT NULL AND NOT params.huge > 0",
            "params.blank = ' 1' AND NOT params.blank = 1",
        })
        {
            Assert.Equal(Id(1), Assert.Single((await reader.QueryAsync(new RunQuery { Filter = RunFilter.Parse(filter) }, Token)).Runs).Id);
        }

        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Patterns_mind_the_case_on_every_connection()
    {
        var store = _database.Services.GetRequiredService<IRunStore>();
        var reader = _database.Services.GetRequiredService<IRunReader>();
        await AddAsync(store, 1, [RunEvent.Tag("t", "Straße")]);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            Assert.Empty((await reader.QueryAsync(Query("tags.t LIKE 'straße'"), Token)).Runs);
            Assert.Single((await reader.QueryAsync(Query("tags.t ILIKE 'STRAßE'"), Token)).Runs);
        })));
    }

    [Fact]
    public async Task A_search_by_a_condition_that_few_runs_answer_finds_the_same_as_one_that_many_do()
    {
        var store = _database.Services.GetRequiredService<IRunStore>();
        var reader = _database.Services.GetRequiredService<IRunReader>();
        await AddAsync(store, 0, [Metric("a", 0, 0), Metric("b", 0, 0), RunEvent.Tag("parity", "even")]);

        // Two thousand and more, which the store itself would write one by one and durably.
        Execute(
            """
            CREATE TEMP TABLE numbers AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2200) SELECT i FROM n;
            INSERT INTO runs (id, experiment, name, status, started_at, heartbeat_at, host, process_id, snapshot)
            SELECT printf('%012x%020x', i, 0), experiment, name, status, started_at, heartbeat_at, host, process_id, snapshot FROM runs, numbers;
            INSERT INTO metrics (run_id, name, latest_step, latest_at, latest_value, point_count)
            SELECT printf('%012x%020x', i, 0), name, 0, 0, CASE name WHEN 'a' THEN i ELSE i % 10 END, 1 FROM metrics, numbers;
            INSERT INTO run_values (run_id, kind, name, value)
            SELECT printf('%012x%020x', i, 0), kind, name, CASE i % 2 WHEN 0 THEN 'even' ELSE 'odd' END FROM run_values, numbers;
            """);

        foreach (var (filter, order) in new[]
        {
            ("metrics.a >= 0 AND metrics.b > 4", "metrics.b, metrics.a DESC"), ("metrics.a < 50 AND metrics.b > 4", "metrics.b, metrics.a DESC"),
            ("tags.parity = 'odd' AND metrics.a >= 0", "tags.parity, metrics.b DESC"), ("metrics.a >= 0", "metrics.none, start_time"),
        })
        {
            var query = Query(filter) with { OrderBy = RunOrder.Parse(order), Limit = 70 };
            var pages = new List<RunId>();
            do
            {
                var page = await reader.QueryAsync(query, Token);
                pages.AddRange(page.Runs.Select(run => run.Id));
                query = query with { PageToken = page.NextPageToken };
            }
            while (query.PageToken is not null);
            Assert.Equal((await reader.QueryAsync(query with { Limit = 5000, PageToken = null }, Token)).Runs.Select(run => run.Id), pages);
            Assert.NotEmpty(pages);
        }
    }

    private static RunQuery Query(string filter) => new() { Filter = RunFilter.Parse(filter) };

    private static RunEvent Metric(string name, double value, long step) => RunEvent.Metric(name, value, step) with { Timestamp = _start };

    private static RunId Id(int number) => new($"{number:x12}{0:x20}");

    private static async Task AddAsync(IRunStore store, int number, RunEvent[] events)
    {
        var info = new RunInfo
        {
            Id = Id(number),
            Experiment = "e",
            Name = "n",
            Status = RunStatus.Running,
            StartedAt = _start,
            HeartbeatAt = _start,
            Host = "h",
            ProcessId = 1,
        };
        var snapshot = new RunSnapshot
        {
            Framework = ".NET",
            OperatingSystem = "os",
            Architecture = "X64",
            ProcessorCount = 2,
            MemoryBytes = 3,
            Culture = "",
            TimeZone = "UTC",
        };
        await store.CreateAsync(info, snapshot, Token);
        await store.AppendAsync(info.Id, 0, events, Token);
    }

    // All that the migration fills in, as text.
    private async Task<string> StateAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={_database.DatabasePath};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT group_concat(line, x'0a') FROM (
                SELECT run_id || name || ',' || point_count || ',' || first_step || ',' || first_at || ',' || coalesce(first_value, 'NaN') || ','
                    || coalesce(min_value, 'NaN') || ',' || coalesce(max_value, 'NaN') AS line FROM metrics
                UNION ALL SELECT run_id || name || ',' || value || ',' || coalesce(number, 'none') FROM run_values
                UNION ALL SELECT run_id || context || ',' || name || ',' || coalesce(digest, 'none') FROM run_datasets
                ORDER BY 1)
            """;
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_database.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
