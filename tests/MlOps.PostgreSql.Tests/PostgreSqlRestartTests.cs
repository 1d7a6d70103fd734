using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Tracking;

namespace MlOps.PostgreSql.Tests;

/// <summary>A server of its own, which is killed without notice and started again while a run is at work.</summary>
public sealed class PostgreSqlRestartTests : IAsyncDisposable
{
    private readonly DirectoryInfo _server = Directory.CreateTempSubdirectory("mlops-pg-");
    private readonly DirectoryInfo _blobs = Directory.CreateTempSubdirectory("mlops-pg-blobs-");
    private bool _started;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await TestServer.RunScriptAsync("stop", _server.FullName);
        }
        else
        {
            _server.Delete(recursive: true);
        }

        _blobs.Delete(recursive: true);
    }

    [Fact]
    public async Task A_run_outlasts_restarts_of_the_server_and_loses_nothing()
    {
        Assert.NotEmpty(TestServer.ConnectionString);
        var connectionString = await TestServer.RunScriptAsync("start", _server.FullName);
        _started = true;
        var builder = new TemporarySchema.Builder();
        builder.UsePostgreSql(connectionString).UseLocalFiles(_blobs.FullName)
            .AddTracking(options => options.RetryFor = TimeSpan.FromMinutes(1));
        await using var services = builder.Services.BuildServiceProvider();
        var tracker = services.GetRequiredService<IExperimentTracker>();
        const int Restarts = 3;
        long step = 0;
        RunId id;
        await using (var run = await tracker.StartRunAsync("restarts", cancellationToken: Token))
        {
            id = run.Info.Id;
            for (var restart = 0; restart < Restarts; restart++)
            {
                var restarting = TestServer.RunScriptAsync("restart", _server.FullName);
                while (!restarting.IsCompleted)
                {
                    for (var i = 0; i < 500; i++)
                    {
                        run.LogMetric("loss", step, step);
                        step++;
                    }

                    run.SetTag("confirmed", step.ToString(CultureInfo.InvariantCulture));
                    await run.FlushAsync(Token);
                }

                await restarting;
            }

            await run.LogTextAsync("notes.txt", "done", Token);
        }

        var details = (await tracker.FindRunAsync(id, Token))!;
        Assert.Equal(RunStatus.Finished, details.Info.Status);
        Assert.Equal(step.ToString(CultureInfo.InvariantCulture), details.Tags["confirmed"]);
        Assert.Single(details.Artifacts);
        var history = await tracker.GetMetricHistoryAsync(id, "loss", cancellationToken: Token);
        Assert.Equal(Enumerable.Range(0, (int)step).Select(i => (double)i), history.Select(point => point.Value));
    }
}
