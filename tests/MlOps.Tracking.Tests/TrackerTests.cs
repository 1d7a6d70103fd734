using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Storage;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class TrackerTests
{
    private readonly UnreliableRunStore _runs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExperimentTracker Tracker() => new(_runs, _runs, new InMemoryBlobStore(), options: new TrackingOptions { MaximumDiffBytes = 0 });

    private async Task<RunId> AddRunningAsync(string host, int process, TimeSpan silence, char digit)
    {
        var at = TimeProvider.System.GetUtcNow() - silence;
        var info = new RunInfo
        {
            Id = new RunId(new string(digit, 32)),
            Experiment = "lost",
            Name = "lost",
            Status = RunStatus.Running,
            StartedAt = at,
            HeartbeatAt = at,
            Host = host,
            ProcessId = process,
        };
        await _runs.CreateAsync(info, Snapshot(), Token);
        return info.Id;
    }

    internal static RunSnapshot Snapshot() => new()
    {
        Framework = ".NET",
        OperatingSystem = "os",
        Architecture = "X64",
        ProcessorCount = 2,
        MemoryBytes = 1,
        Culture = "",
        TimeZone = "UTC",
    };

    [Fact]
    public async Task Runs_without_a_process_or_a_sign_of_life_are_lost_and_living_ones_are_not()
    {
        var gone = await AddRunningAsync(Environment.MachineName, int.MaxValue, TimeSpan.Zero, 'a');
        var silent = await AddRunningAsync("elsewhere", 1, TimeSpan.FromSeconds(31), 'b');
        var alive = await AddRunningAsync("elsewhere", 1, TimeSpan.FromSeconds(5), 'c');
        var tracker = Tracker();

        Assert.Equal(RunStatus.Lost, (await tracker.FindRunAsync(gone, Token))!.Info.Status);
        Assert.Equal(RunStatus.Running, (await _runs.FindAsync(gone, Token))!.Info.Status);
        Assert.Equal(2, (await tracker.SearchRunsAsync(cancellationToken: Token)).Runs.Count(run => run.Info.Status == RunStatus.Lost));

        Assert.Equal(2, await tracker.SweepLostRunsAsync(Token));
        Assert.Equal(0, await tracker.SweepLostRunsAsync(Token));
        var kept = (await _runs.FindAsync(silent, Token))!.Info;
        Assert.Equal((RunStatus.Lost, kept.HeartbeatAt), (kept.Status, kept.EndedAt));
        Assert.Contains("elsewhere", kept.Failure, StringComparison.Ordinal);
        Assert.Equal([alive], (await tracker.SearchRunsAsync(new RunQuery { Status = RunStatus.Running }, Token)).Runs.Select(run => run.Id));
    }

    [Fact]
    public async Task A_search_for_lost_runs_finds_those_that_nobody_swept()
    {
        var silent = await AddRunningAsync("elsewhere", 1, TimeSpan.FromMinutes(2), 'b');
        Assert.Equal([silent], (await Tracker().SearchRunsAsync(new RunQuery { Status = RunStatus.Lost }, Token)).Runs.Select(run => run.Id));
    }

    [Fact]
    public async Task A_run_carries_the_snapshot_of_its_process()
    {
        await using var run = await Tracker().StartRunAsync(
            "snapshot", new RunOptions { Seeds = new Dictionary<string, long> { ["ml"] = 42 }, Tags = new Dictionary<string, string> { ["team"] = "x" } }, Token);
        await run.FlushAsync(Token);
        var details = (await Tracker().FindRunAsync(run.Info.Id, Token))!;
        Assert.Equal(32, run.Info.Id.Value.Length);
        Assert.Equal("x", details.Tags["team"]);
        Assert.Equal(42, details.Snapshot.Seeds["ml"]);
        Assert.Contains("MlOps.Tracking.Tests", details.Snapshot.EntryAssembly, StringComparison.Ordinal);
        Assert.Contains(details.Snapshot.Packages.Keys, name => name.StartsWith("xunit", StringComparison.OrdinalIgnoreCase));
        Assert.True(details.Snapshot.MemoryBytes > 0);
    }

    [Fact]
    public void Git_is_read_from_its_porcelain_form_and_credentials_are_dropped()
    {
        var state = GitState.Parse(
            "# branch.oid 0123abcd\n# branch.head main\n# branch.ab +0 -0\n1 .M N... 100644 100644 100644 a b src/a.cs\n",
            "https://user:secret@example.org/a/b.git\n");
        Assert.Equal(new GitState("0123abcd", "main", "https://example.org/a/b.git", true), state);
        Assert.Equal(GitState.None, GitState.Parse("# branch.oid (initial)\n# branch.head (detached)\n", null));
    }

    [Fact]
    public async Task A_folder_outside_a_repository_is_not_an_error()
    {
        Assert.Equal(GitState.None, await GitState.ReadAsync(Path.GetPathRoot(Path.GetTempPath())!, Token));
    }

    [Theory]
    [InlineData("--password hunter2", "--password ***")]
    [InlineData("--api-key=abc --rows=5", "--api-key=*** --rows=5")]
    [InlineData("Server=x;Password=abc;Port=1", "Server=x;Password=***;Port=1")]
    [InlineData("https://me:pw@host/x", "https://host/x")]
    [InlineData("--token --verbose --rows 5", "--token --verbose --rows 5")]
    public void Secrets_are_masked_in_arguments(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', SecretMask.Arguments(line.Split(' '))));

    [Fact]
    public void Packages_are_read_from_a_dependency_file()
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(
            """{"libraries":{"App/1.0.0":{"type":"project"},"Apache.Arrow/23.0.0":{"type":"package"}}}"""));
        Assert.Equal([new("Apache.Arrow", "23.0.0")], EnvironmentSnapshot.ReadDependencies(json));
    }

    [Fact]
    public async Task A_comparison_shows_what_differs_and_nothing_else()
    {
        var tracker = Tracker();
        var ids = new List<RunId>();
        foreach (var depth in new[] { 4, 6 })
        {
            await using var run = await tracker.StartRunAsync("compare", new RunOptions { Name = $"depth {depth}" }, Token);
            run.LogParameter("depth", depth);
            run.LogParameter("trees", 100);
            run.LogMetric("auc", 0.7 + (depth / 100.0));
            ids.Add(run.Info.Id);
        }

        var comparison = await tracker.CompareAsync(ids, Token);
        Assert.Equal(["Parameter depth", "Metric auc"], comparison.Differences.Select(d => $"{d.Kind} {d.Name}"));
        Assert.Equal(["4", "6"], comparison.Differences[0].Values);
        Assert.Contains("Parameter depth  4", comparison.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("trees", comparison.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ErrorCodes.RunNotFound,
            (await Assert.ThrowsAsync<MlOpsException>(() => tracker.CompareAsync([new RunId("nope")], Token))).Code);
    }

    [Fact]
    public void Options_that_make_living_runs_lost_are_refused()
    {
        var error = Assert.Throws<MlOpsException>(() => new ExperimentTracker(
            _runs, _runs, new InMemoryBlobStore(), options: new TrackingOptions { LostAfter = TimeSpan.FromSeconds(6) }));
        Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
        Assert.Contains("LostAfter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_builder_gives_one_tracker_however_often_it_is_called()
    {
        var builder = new Builder(new ServiceCollection());
        builder.Services.AddSingleton<IRunStore>(_runs).AddSingleton<IRunReader>(_runs).AddSingleton<IBlobStore>(new InMemoryBlobStore());
        builder.AddTracking(o => o.BufferCapacity = 64).AddTracking();
        using var provider = builder.Services.BuildServiceProvider();
        Assert.Same(provider.GetRequiredService<ExperimentTracker>(), Assert.Single(provider.GetServices<IExperimentTracker>()));
    }

    private sealed record Builder(IServiceCollection Services) : IMlOpsBuilder;
}
