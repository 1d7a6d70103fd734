using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Tracking;

namespace MlOps.Sqlite.Tests.Metrics;

public sealed class SqliteHistoryTests : IDisposable
{
    private static readonly DateTimeOffset _start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RunId _run = new(new string('c', 32));
    private readonly TemporaryDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Rows_of_an_older_database_are_read_together_with_what_is_added_now()
    {
        await CreateAsync();
        await AppendAsync(0, 1);
        Execute("DELETE FROM metric_chunks");
        Execute("UPDATE runs SET event_count = 300");
        for (var i = 0; i < 300; i++)
        {
            Execute($"INSERT INTO metric_points SELECT id, {i}, {_start.UtcTicks + i}, {i}, {i}.0 FROM metrics");
        }

        await AppendAsync(300, 500);

        Assert.Equal(Enumerable.Range(0, 800).Select(Point), await ReadAsync());
        Assert.Equal(Enumerable.Range(290, 21).Select(Point), await ReadAsync(new MetricHistoryOptions { FromStep = 290, ToStep = 310 }));
        var drawn = await ReadAsync(new MetricHistoryOptions { MaximumPoints = 10 });
        Assert.Equal((0L, 799L), (drawn[0].Step, drawn[^1].Step));
    }

    [Fact]
    public async Task A_database_without_chunks_is_brought_up_to_date_with_its_runs()
    {
        await CreateAsync();
        Execute("DROP TABLE metric_chunks");
        Execute("DELETE FROM SchemaVersions WHERE ScriptName = '0004_metric_chunks.sql'");
        await _database.Open().GetRequiredService<IRunStore>().AppendAsync(_run, 0, Events(0, 10), Token);
        Assert.Equal(10, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task Small_batches_end_in_few_chunks()
    {
        await CreateAsync();
        for (var i = 0; i < 1500; i++)
        {
            await AppendAsync(i * 7, 7);
        }

        Assert.InRange(Integer("SELECT count(*) FROM metric_chunks"), 1, 14);
        Assert.Equal(10_500, Integer("SELECT sum(point_count) FROM metric_chunks"));
        Assert.Equal(Enumerable.Range(0, 10_500).Select(Point), await ReadAsync());
    }

    [Fact]
    public async Task A_damaged_chunk_is_said_to_be_damaged_and_other_metrics_are_read()
    {
        await CreateAsync();
        await AppendAsync(0, 1000);
        await _database.Services.GetRequiredService<IRunStore>().AppendAsync(_run, 1000, new[] { RunEvent.Metric("other", 5) }, Token);
        Execute("UPDATE metric_chunks SET content = substr(content, 1, 100) WHERE point_count = 1000");

        var error = await Assert.ThrowsAsync<MlOpsException>(() => ReadAsync());

        Assert.Equal(ErrorCodes.StorageCorrupt, error.Code);
        Assert.Contains("event 0", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, Assert.Single(await Reader.ReadHistoryAsync(_run, "other", cancellationToken: Token)).Value);
    }

    [Fact]
    public async Task A_chunk_of_a_newer_version_asks_for_an_update()
    {
        await CreateAsync();
        await AppendAsync(0, 10);
        Execute("UPDATE metric_chunks SET content = X'02'");

        Assert.Equal(ErrorCodes.WorkspaceNewer, (await Assert.ThrowsAsync<MlOpsException>(() => ReadAsync())).Code);
        Assert.Equal(ErrorCodes.WorkspaceNewer, (await Assert.ThrowsAsync<MlOpsException>(() => AppendAsync(10, 10))).Code);
        Assert.Equal(10, Integer("SELECT event_count FROM runs"));
    }

    [Fact]
    public async Task Chunks_between_the_ends_are_drawn_by_their_extremes_without_being_read()
    {
        await CreateAsync();
        for (var i = 0; i < 40; i++)
        {
            await AppendAsync(i * 8192, 8192);
        }

        var expected = await ReadAsync(new MetricHistoryOptions { MaximumPoints = 10 });
        Execute("UPDATE metric_chunks SET content = X'' WHERE sequence BETWEEN 11 * 8192 AND 14 * 8192 OR sequence = 5 * 8192");

        Assert.Equal(expected, await ReadAsync(new MetricHistoryOptions { MaximumPoints = 10 }));
        Assert.Equal(10, expected.Count);
    }

    private IRunReader Reader => _database.Services.GetRequiredService<IRunReader>();

    private Task<IReadOnlyList<MetricPoint>> ReadAsync(MetricHistoryOptions? options = null) =>
        Reader.ReadHistoryAsync(_run, "loss", options, Token);

    private Task AppendAsync(int first, int count) =>
        _database.Services.GetRequiredService<IRunStore>().AppendAsync(_run, first, Events(first, count), Token);

    private static RunEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => RunEvent.Metric("loss", i, i) with { Timestamp = Point(i).Timestamp })];

    private static MetricPoint Point(int i) => new(i, i, _start.AddTicks(i));

    private Task CreateAsync() => _database.Services.GetRequiredService<IRunStore>().CreateAsync(
        new RunInfo
        {
            Id = _run,
            Experiment = "e",
            Name = "n",
            Status = RunStatus.Running,
            StartedAt = _start,
            HeartbeatAt = _start,
            Host = "h",
            ProcessId = 1,
        },
        new RunSnapshot
        {
            Framework = "",
            OperatingSystem = "",
            Architecture = "",
            ProcessorCount = 1,
            MemoryBytes = 1,
            Culture = "",
            TimeZone = "",
        },
        Token);

    private void Execute(string sql) => Run(sql, command => command.ExecuteNonQuery());

    private int Integer(string sql) => Run(sql, command => Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture));

    private int Run(string sql, Func<SqliteCommand, int> run)
    {
        using var connection = new SqliteConnection($"Data Source={_database.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return run(command);
    }
}
