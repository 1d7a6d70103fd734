using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Data;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Storage;
using MlOps.Tracking;
using Npgsql;

namespace MlOps.PostgreSql.Tests;

public sealed class PostgreSqlFaultTests : IDisposable
{
    private readonly TemporarySchema _schema = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _schema.Dispose();

    [Fact]
    public async Task A_schema_of_a_newer_build_is_not_touched()
    {
        await AddAsync("first");
        _schema.Execute("INSERT INTO schemaversions (scriptname, applied) VALUES ('9999_future.sql', now())");

        var error = await Assert.ThrowsAsync<MlOpsException>(() => Store(_schema.Open()).AddAsync(Version("x"), Token));

        Assert.Equal(ErrorCodes.WorkspaceNewer, error.Code);
        Assert.Contains(_schema.Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_of_an_older_build_is_brought_up_to_date_with_what_it_holds()
    {
        await AddAsync("first");
        _schema.Execute("DROP TABLE metric_history; DELETE FROM schemaversions WHERE scriptname = '0002_metric_history.sql'");
        var services = _schema.Open();
        var history = services.GetRequiredService<IMetricHistory>();
        var point = new MetricHistoryPoint { Series = "a", Time = DateTimeOffset.UnixEpoch, Value = 1 };

        await history.AppendAsync([point], Token);

        Assert.Equal([point], await history.ReadAsync("a", 5, Token));
        Assert.Single(await Store(services).ListAsync(null, Token));
    }

    [Fact]
    public async Task Many_openers_migrate_and_write_at_once_and_all_succeed()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => Store(_schema.Open())).ToList();

        await Task.WhenAll(stores.Select((store, i) => Task.Run(async () =>
        {
            for (var j = 0; j < 5; j++)
            {
                await store.AddAsync(Version($"{i} {j}"));
            }
        })));

        Assert.Equal(Enumerable.Range(1, 40), (await stores[0].ListAsync(null, Token)).Select(version => version.Number).Order());
    }

    [Fact]
    public async Task A_batch_that_arrives_from_several_connections_at_once_is_kept_once()
    {
        var run = await TestRuns.AddAsync(_schema.Services, new RunId(new string('a', 32)));
        var events = Enumerable.Range(0, 5000).Select(i => RunEvent.Metric("loss", i, i)).ToArray();
        var stores = Enumerable.Range(0, 6).Select(_ => _schema.Open().GetRequiredService<IRunStore>()).ToList();

        await Task.WhenAll(stores.Select(store => Task.Run(() => store.AppendAsync(run, 0, events, Token))));

        var history = await _schema.Services.GetRequiredService<IRunReader>().ReadHistoryAsync(run, "loss", cancellationToken: Token);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (double)i), history.Select(point => point.Value));
    }

    [Fact]
    public async Task Writers_of_the_same_online_rows_in_opposite_orders_all_succeed()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => _schema.Open().GetRequiredService<IOnlineStore>()).ToList();
        OnlineWrite Write(string view) => new()
        {
            View = view,
            Rows = [.. Enumerable.Range(0, 50).Select(i => new OnlineRow($"{i}", DateTimeOffset.UnixEpoch.AddSeconds(1), "r", [1.0]))],
            Retention = TimeSpan.Zero,
        };

        await Task.WhenAll(stores.Select((store, i) => Task.Run(async () =>
        {
            for (var j = 0; j < 20; j++)
            {
                await store.WriteAsync(i % 2 == 0 ? [Write("a"), Write("b")] : [Write("b"), Write("a")], Token);
            }
        })));

        Assert.Equal(100, _schema.Execute("DELETE FROM online_rows"));
    }

    [Fact]
    public async Task Connections_that_were_cut_while_they_lay_idle_are_opened_anew()
    {
        await AddAsync("first");
        Assert.Single(await Store(_schema.Services).ListAsync(null, Token));
        CutConnections();

        await AddAsync("second");

        CutConnections();
        Assert.Equal(2, (await Store(_schema.Services).ListAsync(null, Token)).Count);
    }

    [Fact]
    public async Task A_key_that_is_too_long_for_the_index_is_refused_with_a_reason()
    {
        var random = new Random(1);
        var key = string.Concat(Enumerable.Range(0, 10_000).Select(_ => (char)random.Next('!', '~')));
        var write = new OnlineWrite
        {
            View = "v",
            Rows = [new OnlineRow(key, DateTimeOffset.UnixEpoch, "r", [1.0])],
            Retention = TimeSpan.FromDays(1),
        };

        var error = await Assert.ThrowsAsync<MlOpsException>(
            async () => await _schema.Services.GetRequiredService<IOnlineStore>().WriteAsync([write], Token));

        Assert.Equal(ErrorCodes.InvalidName, error.Code);
    }

    [Fact]
    public async Task Names_of_a_thousand_inputs_are_kept_once()
    {
        var random = new Random(2);
        string[] Names() => [.. Enumerable.Range(0, 1000).Select(i => $"column {new Random(i).Next()}")];
        var log = _schema.Services.GetRequiredService<IPredictionLog>();
        for (var i = 0; i < 3; i++)
        {
            var prediction = new PredictionRecord
            {
                Id = $"{random.Next()}",
                Model = "m",
                ModelVersion = 1,
                Timestamp = DateTimeOffset.UnixEpoch,
                InputNames = Names(),
                Inputs = [],
                Score = 1,
            };
            await log.AppendAsync([prediction], Token);
        }

        Assert.Equal(1, _schema.Execute("DELETE FROM prediction_inputs"));
    }

    [Fact]
    public async Task A_user_without_rights_is_told_so()
    {
        var role = _schema.Name + "_reader";
        await AddAsync("first");
        _schema.Execute($"CREATE ROLE {role} LOGIN");
        try
        {
            var builder = new TemporarySchema.Builder();
            builder.UsePostgreSql(options =>
            {
                options.ConnectionString = new NpgsqlConnectionStringBuilder(_schema.ConnectionString) { Username = role }.ConnectionString;
                options.Schema = _schema.Name;
            });
            await using var services = builder.Services.BuildServiceProvider();

            var error = await Assert.ThrowsAsync<MlOpsException>(() => Store(services).ListAsync(null, Token));

            Assert.Equal(ErrorCodes.StorageAccessDenied, error.Code);
        }
        finally
        {
            _schema.Execute($"DROP ROLE {role}");
        }
    }

    private void CutConnections() => _schema.Execute(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = '{_schema.Name}'");

    private Task<DataVersion> AddAsync(string content) => Store(_schema.Services).AddAsync(Version(content), Token);

    private static IDataVersionStore Store(IServiceProvider services) => services.GetRequiredService<IDataVersionStore>();

    private static DataVersion Version(string content) => new()
    {
        Name = "d",
        Number = 0,
        Hash = ContentHash.Of(Encoding.UTF8.GetBytes(content)),
        Files = [],
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
