using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class RunComparisonTests
{
    private readonly InMemoryRunStore _runs = new();
    private readonly InMemoryBlobStore _blobs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExperimentTracker Tracker() => new(_runs, _runs, _blobs, options: new TrackingOptions { MaximumDiffBytes = 0 });

    [Fact]
    public async Task Packages_files_configuration_and_machine_are_named_with_both_values()
    {
        var (first, second) = (await RecordAsync('a', TrackerTests.Snapshot() with
        {
            Packages = new Dictionary<string, string> { ["Microsoft.ML"] = "4.0.0", ["Same"] = "1" },
            Configuration = new Dictionary<string, string> { ["Training:Rate"] = "1" },
            EnvironmentVariables = new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "1" },
            RuntimeSettings = new Dictionary<string, string> { ["vector bits"] = "256" },
        }), await RecordAsync('b', TrackerTests.Snapshot() with
        {
            Packages = new Dictionary<string, string> { ["Microsoft.ML"] = "5.0.0", ["Same"] = "1" },
            Configuration = new Dictionary<string, string> { ["Training:Rate"] = "2" },
            RuntimeSettings = new Dictionary<string, string> { ["vector bits"] = "512" },
        }, "another model"));

        var comparison = await Tracker().CompareAsync([first, second], Token);

        Assert.Equal(
            [
                "Artifact model.txt", "Configuration Training:Rate 1 2", "Environment variable OMP_NUM_THREADS 1 –",
                "Environment vector bits 256 512", "Package Microsoft.ML 4.0.0 5.0.0",
            ],
            comparison.Differences.Select(difference => difference.Kind == RunDifferenceKind.Artifact
                ? $"{difference.Kind} {difference.Name}"
                : $"{difference.Kind} {difference.Name} {string.Join(' ', difference.Values.Select(value => value ?? "–"))}"));
    }

    [Fact]
    public async Task The_code_between_two_commits_is_summed_up_where_a_repository_has_them()
    {
        using var repository = new TinyRepository();
        var before = repository.Commit;
        repository.Write("rate.txt", "0.75\n");
        var after = repository.CommitAll("second");
        var first = await RecordAsync('a', TrackerTests.Snapshot() with { GitCommit = before, GitRoot = "/nowhere" });
        var second = await RecordAsync('b', TrackerTests.Snapshot() with { GitCommit = after, GitRoot = repository.Root });
        var third = await RecordAsync('c', TrackerTests.Snapshot() with { GitCommit = new string('1', 40), GitRoot = repository.Root });

        var comparison = await Tracker().CompareAsync([first, second], Token);

        Assert.Contains("rate.txt", comparison.CodeChanges, StringComparison.Ordinal);
        Assert.Contains("1 file changed", comparison.ToString(), StringComparison.Ordinal);
        Assert.Null((await Tracker().CompareAsync([first, third], Token)).CodeChanges);
        Assert.Null((await Tracker().CompareAsync([first, first], Token)).CodeChanges);
    }

    [Fact]
    public async Task Repeats_of_the_compared_runs_say_how_far_a_difference_is_chance()
    {
        var tracker = Tracker();
        var runs = new Dictionary<int, RunId>();
        foreach (var (depth, scores) in new[] { (4, new[] { 0.70, 0.71, 0.72 }), (6, [0.80, 0.81, 0.82]), (8, [0.9]) })
        {
            foreach (var score in scores)
            {
                await using var run = await tracker.StartRunAsync("repeats", cancellationToken: Token);
                run.LogParameter("depth", depth);
                run.LogMetric("auc", score);
                runs[depth] = run.Info.Id;
            }
        }

        var difference = (await tracker.CompareAsync([runs[4], runs[6]], Token)).Differences.Single(d => d.Kind == RunDifferenceKind.Metric);
        Assert.Equal(3, difference.Repeats![0].Count);
        // With four degrees of freedom t² is 150, and P(|T| ≥ t) = 1 − 1.5 (x − x³ / 3) with x² = 150 / 154.
        Assert.Equal(0.00025521675, difference.PValue!.Value, 8);
        Assert.StartsWith("0.71 ± 0.01 in 3 repeats; 0.81 ± 0.01 in 3 repeats; p = ", difference.Detail, StringComparison.Ordinal);

        var alone = (await tracker.CompareAsync([runs[4], runs[8]], Token)).Differences.Single(d => d.Kind == RunDifferenceKind.Metric);
        Assert.Null(alone.PValue);
        Assert.Equal("0.71 ± 0.01 in 3 repeats; no repeats", alone.Detail);
    }

    private async Task<RunId> RecordAsync(char digit, RunSnapshot snapshot, string model = "model")
    {
        var now = TimeProvider.System.GetUtcNow();
        var info = new RunInfo
        {
            Id = new RunId(new string(digit, 32)),
            Experiment = "e",
            Name = "n",
            Status = RunStatus.Running,
            StartedAt = now,
            HeartbeatAt = now,
            Host = "elsewhere",
            ProcessId = 1,
        };
        await _runs.CreateAsync(info, snapshot, Token);
        await using var run = new Run(
            info, _runs, _blobs, TimeProvider.System, new TrackingOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await run.LogTextAsync("model.txt", model, Token);
        return info.Id;
    }
}
