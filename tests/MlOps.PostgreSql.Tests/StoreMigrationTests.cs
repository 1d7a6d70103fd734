using Microsoft.Extensions.DependencyInjection;
using MlOps.Data;
using MlOps.Features;
using MlOps.Sql;
using MlOps.Storage;
using MlOps.Tracking;

namespace MlOps.PostgreSql.Tests;

public sealed class StoreMigrationTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-migration-");
    private readonly TemporarySchema _schema = new();
    private readonly List<ServiceProvider> _files = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files)
        {
            await file.DisposeAsync();
        }

        _schema.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_workspace_moves_to_PostgreSQL_and_back_and_goes_on()
    {
        var source = File("a.db");
        var id = await FillAsync(source);

        var there = await StoreMigration.CopyAsync(source, _schema.Services, Token);
        await AssertFilledAsync(_schema.Services, id);
        await AddVersionAsync(_schema.Services, "second");
        var back = File("b.db");
        var again = await StoreMigration.CopyAsync(_schema.Services, back, Token);
        await AssertFilledAsync(back, id);

        Assert.Equal(1, there["runs"]);
        Assert.Equal(there["data_versions"] + 1, again["data_versions"]);
        Assert.Equal(2, (await back.GetRequiredService<IDataVersionStore>().ListAsync(null, Token)).Count);
        await FillAsync(back, new RunId(new string('b', 32)));
    }

    [Fact]
    public async Task A_database_that_holds_something_is_not_copied_into()
    {
        var source = File("a.db");
        await FillAsync(source);
        await AddVersionAsync(_schema.Services, "other");

        var error = await Assert.ThrowsAsync<MlOpsException>(() => StoreMigration.CopyAsync(source, _schema.Services, Token));

        Assert.Equal(ErrorCodes.StorageNotEmpty, error.Code);
        Assert.Empty((await _schema.Services.GetRequiredService<IRunReader>().QueryAsync(new RunQuery(), Token)).Runs);
    }

    private static async Task<RunId> FillAsync(IServiceProvider services, RunId? id = null)
    {
        var run = await TestRuns.AddAsync(services, id ?? new RunId(new string('a', 32)), "e\0x");
        var events = Enumerable.Range(0, 10_000).Select(i => RunEvent.Metric("loss", i == 7 ? double.NaN : i, i)).ToList();
        events.Add(RunEvent.Parameter("rate", "0.1"));
        await services.GetRequiredService<IRunStore>().AppendAsync(run, 0, events.ToArray(), Token);
        var row = new OnlineRow("k", DateTimeOffset.UnixEpoch, "r", [1.5, "text"]);
        await services.GetRequiredService<IOnlineStore>().WriteAsync(
            [new OnlineWrite { View = "v", Rows = [row], Retention = TimeSpan.FromDays(1) }], Token);
        await AddVersionAsync(services, "first");
        return run;
    }

    private static Task<DataVersion> AddVersionAsync(IServiceProvider services, string content)
    {
        var version = new DataVersion
        {
            Name = "d",
            Number = 0,
            Hash = ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(content)),
            Files = [],
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        return services.GetRequiredService<IDataVersionStore>().AddAsync(version, Token);
    }

    private static async Task AssertFilledAsync(IServiceProvider services, RunId id)
    {
        var reader = services.GetRequiredService<IRunReader>();
        var details = (await reader.FindAsync(id, Token))!;
        Assert.Equal("e\0x", details.Info.Experiment);
        Assert.Equal("0.1", details.Parameters["rate"]);
        var values = (await reader.ReadHistoryAsync(id, "loss", cancellationToken: Token)).Select(point => point.Value);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => i == 7 ? double.NaN : i), values);
        var rows = await services.GetRequiredService<IOnlineStore>().ReadAsync(
            [new OnlineLookup("v", "k", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, LatestOnly: true)], Token);
        Assert.Equal("text", Assert.Single(rows[0]).Values[1].AsText());
    }

    private ServiceProvider File(string name)
    {
        var builder = new TemporarySchema.Builder();
        builder.UseSqlite(Path.Combine(_folder.FullName, name));
        _files.Add(builder.Services.BuildServiceProvider());
        return _files[^1];
    }
}
