using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Data;
using MlOps.Storage;

namespace MlOps.Sqlite.Tests;

public sealed class SqliteFaultTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_file_of_random_bytes_is_said_to_be_damaged()
    {
        var bytes = new byte[8192];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(_database.DatabasePath, bytes, TestContext.Current.CancellationToken);
        Assert.Equal(ErrorCodes.StorageCorrupt, await FailAsync());
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_database.DatabasePath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_path_that_cannot_be_opened_is_said_to_be_unwritable()
    {
        Directory.CreateDirectory(_database.DatabasePath);
        Assert.Equal(ErrorCodes.StorageReadOnly, await FailAsync());
    }

    [Fact]
    public async Task A_database_of_a_newer_build_is_not_touched()
    {
        await AddAsync("first");
        Execute("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999_future.sql', '2030-01-01')");
        Assert.Equal(ErrorCodes.WorkspaceNewer, await FailAsync(_database.Open()));
    }

    [Fact]
    public async Task A_database_of_an_older_build_is_brought_up_to_date_with_what_it_holds()
    {
        await AddAsync("first");
        Execute("DROP TABLE metric_history; DELETE FROM SchemaVersions WHERE ScriptName = '0002_metric_history.sql'");
        var services = _database.Open();
        var history = services.GetRequiredService<IMetricHistory>();
        var point = new MetricHistoryPoint { Series = "a", Time = DateTimeOffset.UnixEpoch, Value = 1 };
        await history.AppendAsync([point], TestContext.Current.CancellationToken);
        Assert.Equal([point], await history.ReadAsync("a", 5, TestContext.Current.CancellationToken));
        Assert.Single(await services.GetRequiredService<IDataVersionStore>().ListAsync(null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_writer_waits_no_longer_than_the_busy_timeout()
    {
        var services = _database.Open(TimeSpan.FromMilliseconds(200));
        await AddAsync("first");
        using var other = new SqliteConnection($"Data Source={_database.DatabasePath};Pooling=False");
        other.Open();
        using var transaction = other.BeginTransaction();
        Assert.Equal(ErrorCodes.StorageLocked, await FailAsync(services));
        transaction.Rollback();
        await AddAsync("second");
        Assert.Equal(2, (await services.GetRequiredService<IDataVersionStore>().ListAsync(null, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Many_openers_migrate_at_once_and_all_succeed()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => _database.Open().GetRequiredService<IDataVersionStore>()).ToList();
        await Task.WhenAll(stores.Select((store, i) => Task.Run(() => store.AddAsync(Version($"{i}")))));
        Assert.Equal(8, (await stores[0].ListAsync(null, TestContext.Current.CancellationToken)).Count);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_database.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private Task<DataVersion> AddAsync(string content) =>
        _database.Services.GetRequiredService<IDataVersionStore>().AddAsync(Version(content), TestContext.Current.CancellationToken);

    private async Task<string> FailAsync(IServiceProvider? services = null)
    {
        var store = (services ?? _database.Services).GetRequiredService<IDataVersionStore>();
        var error = await Assert.ThrowsAsync<MlOpsException>(() => store.AddAsync(Version("x"), TestContext.Current.CancellationToken));
        Assert.Contains(_database.DatabasePath, error.Message, StringComparison.Ordinal);
        return error.Code;
    }

    private static DataVersion Version(string content) => new()
    {
        Name = "d",
        Number = 0,
        Hash = ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(content)),
        Files = [],
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
