using Microsoft.Extensions.Configuration;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class SnapshotTests
{
    private readonly InMemoryRunStore _runs = new();
    private readonly TrackingOptions _options = new() { MaximumDiffBytes = 0 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<RunSnapshot> TakeAsync(string experiment, IConfiguration? configuration = null)
    {
        var tracker = new ExperimentTracker(_runs, _runs, new InMemoryBlobStore(), options: _options, configuration: configuration);
        await using var run = await tracker.StartRunAsync(experiment, cancellationToken: Token);
        return (await tracker.FindRunAsync(run.Info.Id, Token))!.Snapshot;
    }

    [Fact]
    public async Task It_says_how_the_program_was_built_and_where_its_code_lies()
    {
        var snapshot = await TakeAsync("code");

        Assert.Contains(snapshot.BuildConfiguration, new[] { "Debug", "Release" });
        Assert.EndsWith("MlOps.Tracking.Tests.dll", snapshot.EntryPath, StringComparison.Ordinal);
        Assert.Equal(["garbage collector", "thread pool", "vector bits"], snapshot.RuntimeSettings.Keys.Order(StringComparer.Ordinal));
        Assert.True(snapshot.GitRoot is null || Directory.Exists(snapshot.GitRoot));
    }

    [Fact]
    public async Task The_runs_of_an_experiment_are_counted_in_their_process()
    {
        var experiment = Guid.NewGuid().ToString("N");
        Assert.Equal(1, (await TakeAsync(experiment)).RunNumber);
        Assert.Equal(1, (await TakeAsync(experiment + "-other")).RunNumber);
        Assert.Equal(2, (await TakeAsync(experiment)).RunNumber);
    }

    [Fact]
    public async Task It_holds_allowed_environment_variables_and_no_secret()
    {
        string[] names = ["MLOPSTEST_THREADS", "MLOPSTEST_API_KEY", "MLOPSTEST_URL", "MLOPSTESTS"];
        foreach (var name in names)
        {
            Environment.SetEnvironmentVariable(name, "https://me:hunter2@host/");
        }

        try
        {
            _options.EnvironmentVariables.Add("MLOPSTEST_*");
            var recorded = (await TakeAsync("environment")).EnvironmentVariables;

            Assert.Equal("https://host/", recorded["MLOPSTEST_THREADS"]);
            Assert.Equal(SecretMask.Mask, recorded["MLOPSTEST_API_KEY"]);
            Assert.False(recorded.ContainsKey("MLOPSTESTS"));
            Assert.False(recorded.ContainsKey("PATH"));
        }
        finally
        {
            Array.ForEach(names, name => Environment.SetEnvironmentVariable(name, null));
        }
    }

    [Fact]
    public async Task It_holds_the_named_sections_of_the_configuration_and_no_secret()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MlOps:Tracking:BufferCapacity"] = "64",
            ["MlOps:Store:ConnectionString"] = "Host=x;Password=hunter2",
            ["MlOps:Store:Options"] = "Host=x;Password=hunter2;Port=1",
            ["Training:Rate"] = "0.5",
            ["Other:Value"] = "1",
        }).Build();
        _options.ConfigurationSections.Add("Training");

        var recorded = (await TakeAsync("configuration", configuration)).Configuration;

        Assert.Equal(
            ["MlOps:Store:ConnectionString=***", "MlOps:Store:Options=Host=x;Password=***;Port=1", "MlOps:Tracking:BufferCapacity=64", "Training:Rate=0.5"],
            recorded.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_program_tells_the_repository_where_the_working_directory_is_in_none()
    {
        using var repository = new TinyRepository();
        var outside = Path.GetPathRoot(Path.GetTempPath())!;

        var state = await GitState.ReadAsync(outside, Path.Combine(repository.Root, "App"), Token);
        var inside = await GitState.ReadAsync(Path.Combine(repository.Root, "App"), outside, Token);

        Assert.Equal((repository.Commit, repository.Root, null), (state.Commit, state.Root, state.Subfolder));
        Assert.Equal((repository.Commit, repository.Root, "App"), (inside.Commit, inside.Root, inside.Subfolder));
    }
}
