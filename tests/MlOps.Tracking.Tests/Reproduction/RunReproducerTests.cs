using System.Globalization;
using System.IO.Compression;
using System.Text;
using MlOps.Data;
using MlOps.Storage;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

/// <summary>Real repositories and worktrees; the program is a method that reads what was checked out and records a run.</summary>
public sealed class RunReproducerTests : IDisposable
{
    private readonly TinyRepository _repository = new();
    private readonly InMemoryRunStore _runs = new();
    private readonly InMemoryDataVersionStore _data = new();
    private readonly InMemoryBlobStore _blobs = new();
    private readonly InMemoryWorkspaces _target = new();
    private readonly List<ChildCommand> _started = [];
    private Func<ChildCommand, IRun, Task> _program;
    private DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public RunReproducerTests() => _program = TrainAsync;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _repository.Dispose();

    internal static RunDetails Details(RunSnapshot snapshot) => new()
    {
        Info = Info(new string('a', 32), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        Snapshot = snapshot,
        Parameters = new Dictionary<string, string>(),
        Metrics = new Dictionary<string, MetricPoint>(),
        Tags = new Dictionary<string, string>(),
        Inputs = new Dictionary<string, string>(),
        Artifacts = [],
    };

    [Fact]
    public async Task A_run_is_reproduced_in_a_worktree_and_equal_to_the_last_bit()
    {
        var id = await RecordAsync(Snapshot());
        _repository.Write("rate.txt", "7\n");

        var reproduction = await ReproduceAsync(id);

        Assert.Equal(ReproductionVerdict.BitEqual, reproduction.Verdict);
        Assert.Empty(reproduction.Differences);
        Assert.Equal(id.Value, reproduction.Reproduced.Tags[ReproductionProcess.Tag]);
        Assert.Equal(["build", "run"], _started.Select(command => command.Arguments[0]));
        Assert.Equal(["--epochs", "3"], _started[1].Arguments.TakeLast(2));
        Assert.StartsWith("BIT-EQUAL: run ", reproduction.ToString(), StringComparison.Ordinal);
        // Nothing of the person's changed, and nothing is left.
        Assert.Equal("7\n", await File.ReadAllTextAsync(Path.Combine(_repository.Root, "rate.txt"), Token));
        Assert.Single(_repository.Git("worktree", "list").Trim().Split('\n'));
        Assert.Null(reproduction.Folder);
        Assert.False(Directory.Exists(_started[0].Folder));
    }

    [Fact]
    public async Task Uncommitted_changes_and_new_files_are_there_again()
    {
        _repository.Write("rate.txt", "0.125\n");
        _repository.Write("App/bonus.txt", "3");
        var diff = (await UncommittedDiff.ReadAsync(_repository.Root, true, 1 << 20))!;
        var id = await RecordAsync(Snapshot() with { GitDirty = true }, run => LogDiffAsync(run, diff));
        _repository.Git("checkout", "--quiet", "--", ".");
        File.Delete(Path.Combine(_repository.Root, "App/bonus.txt"));

        var reproduction = await ReproduceAsync(id);

        Assert.Equal(ReproductionVerdict.BitEqual, reproduction.Verdict);
        Assert.Equal("0.125", reproduction.Reproduced.Parameters["rate"]);
        Assert.Equal("3", reproduction.Reproduced.Parameters["bonus"]);
    }

    [Fact]
    public async Task What_came_out_otherwise_is_named_with_both_values_and_its_place()
    {
        var id = await RecordAsync(Snapshot() with { Packages = new Dictionary<string, string> { ["Microsoft.ML"] = "5.0.0" } });
        _program = async (command, run) =>
        {
            run.LogParameter("rate", "0.75");
            run.LogMetric("loss", 1, 0);
            run.LogMetric("loss", 0.5, 1);
            run.LogMetric("loss", 0.26, 2);
            run.LogMetric("extra", 1);
            await run.LogTextAsync("model.txt", "other", Token);
        };

        var reproduction = await ReproduceAsync(id);

        Assert.Equal(ReproductionVerdict.Different, reproduction.Verdict);
        var differences = reproduction.Differences.ToDictionary(difference => $"{difference.Kind} {difference.Name}");
        Assert.Equal(["Parameter rate", "Metric extra", "Metric loss", "Artifact model.txt"], differences.Keys);
        Assert.Equal(["0.5", "0.75"], differences["Parameter rate"].Values);
        Assert.Equal(["no point", "1 points"], differences["Metric extra"].Values);
        Assert.Equal(["0.25", "0.26"], differences["Metric loss"].Values);
        Assert.Equal("1 of 3 points, first at step 2, at most 0.01 apart", differences["Metric loss"].Detail);
        Assert.Contains(reproduction.Circumstances, difference =>
            difference is { Kind: RunDifferenceKind.Package, Name: "Microsoft.ML", Values: ["5.0.0", null] });
        Assert.Contains("DIFFERENT", reproduction.ToString(), StringComparison.Ordinal);
        Assert.Contains("Microsoft.ML", reproduction.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.25 + 1e-9, ReproductionVerdict.EqualWithinTolerance)]
    [InlineData(0.25 + 1e-3, ReproductionVerdict.Different)]
    [InlineData(double.NaN, ReproductionVerdict.Different)]
    [InlineData(double.PositiveInfinity, ReproductionVerdict.Different)]
    public async Task Numbers_may_be_apart_by_the_tolerance(double last, ReproductionVerdict verdict)
    {
        var id = await RecordAsync(Snapshot());
        _program = async (command, run) =>
        {
            run.LogParameter("rate", "0.5");
            run.LogMetric("loss", 1, 0);
            run.LogMetric("loss", 0.5, 1);
            run.LogMetric("loss", last, 2);
            await run.LogTextAsync("model.txt", "0.5", Token);
        };
        Assert.Equal(verdict, (await ReproduceAsync(id)).Verdict);
    }

    [Fact]
    public async Task Archives_of_equal_files_are_equal_within_tolerance_and_ignored_names_are_not_compared()
    {
        var id = await RecordAsync(Snapshot(), run => LogZipAsync(run, 2001, "weights"));
        _program = async (command, run) =>
        {
            await TrainAsync(command, run);
            await LogZipAsync(run, 2002, "weights");
            run.LogMetric("system/cpu", 3);
            run.LogMetric("seconds.total", 4);
            await run.LogTextAsync("report.html", "now", Token);
        };

        var reproduction = await ReproduceAsync(id, new ReproductionOptions
        {
            IgnoredMetrics = ["system/*", "seconds*"],
            IgnoredArtifacts = ["report.html"],
        });

        Assert.Equal(ReproductionVerdict.EqualWithinTolerance, reproduction.Verdict);
        Assert.Equal("archives of equal files", Assert.Single(reproduction.Differences).Detail);
        _program = async (command, run) =>
        {
            await TrainAsync(command, run);
            await LogZipAsync(run, 2002, "other weights");
        };
        Assert.Equal(ReproductionVerdict.Different, (await ReproduceAsync(id)).Verdict);

        static async Task LogZipAsync(IRun run, int year, string text)
        {
            using var bytes = new MemoryStream();
            using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            {
                var entry = archive.CreateEntry("weights");
                entry.LastWriteTime = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
                await using var content = entry.Open();
                await content.WriteAsync(Encoding.UTF8.GetBytes(text), Token);
            }

            bytes.Position = 0;
            await run.LogArtifactAsync("model.zip", bytes, Token);
        }
    }

    [Fact]
    public async Task Nested_runs_are_compared_in_the_order_they_started()
    {
        var id = await RecordAsync(Snapshot(), run => NestAsync(Tracker(), run, 1, 2));
        _program = async (command, run) =>
        {
            await TrainAsync(command, run);
            await NestAsync(_target.Tracking, run, 1, 3);
        };

        var reproduction = await ReproduceAsync(id);

        var difference = Assert.Single(reproduction.Differences);
        Assert.Equal(("trial 2: score", "2", "3"), (difference.Name, difference.Values[0], difference.Values[1]));

        static async Task NestAsync(IExperimentTracker tracking, IRun parent, params double[] scores)
        {
            foreach (var score in scores)
            {
                await using var run = await tracking.StartRunAsync("trial", new RunOptions { Parent = parent.Info.Id }, Token);
                run.LogMetric("score", score);
            }
        }
    }

    [Fact]
    public async Task Inputs_lie_in_the_new_workspace_under_their_numbers()
    {
        await AddVersionAsync("flights", "old", keepBytes: false);
        var second = await AddVersionAsync("flights", "new");
        var id = await RecordAsync(Snapshot(), run => Log(run, second));
        _program = async (command, run) =>
        {
            await TrainAsync(command, run);
            run.LogInput("training", (await _target.Data.FindAsync("flights", null, Token))!);
        };

        var reproduction = await ReproduceAsync(id);

        Assert.Equal(ReproductionVerdict.BitEqual, reproduction.Verdict);
        Assert.True(await _target.Blobs.ExistsAsync(second.Files[0].Hash, Token));

        static Task Log(IRun run, DataVersion version)
        {
            run.LogInput("training", version);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Recorded_variables_are_set_secrets_are_not_and_the_rest_is_as_it_was()
    {
        Environment.SetEnvironmentVariable("DOTNET_TieredTestOfReproduction", "1");
        try
        {
            var id = await RecordAsync(Snapshot() with
            {
                EnvironmentVariables = new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "1", ["MlOps__Token"] = SecretMask.Mask },
                TimeZone = "Asia/Tokyo",
            });

            await ReproduceAsync(id, new ReproductionOptions { Environment = new Dictionary<string, string?> { ["EXTRA"] = "x" } });

            var variables = _started[^1].Variables;
            Assert.Equal("1", variables["OMP_NUM_THREADS"]);
            Assert.Null(variables["DOTNET_TieredTestOfReproduction"]);
            Assert.Equal("Asia/Tokyo", variables["TZ"]);
            Assert.Equal("x", variables["EXTRA"]);
            Assert.False(variables.ContainsKey("MlOps__Token"));
            Assert.EndsWith("workspace", variables[ReproductionProcess.WorkspaceVariable], StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOTNET_TieredTestOfReproduction", null);
        }
    }

    [Fact]
    public async Task A_folder_of_ones_own_keeps_workspace_and_output_and_the_code_when_asked()
    {
        var id = await RecordAsync(Snapshot());
        var parent = Directory.CreateTempSubdirectory("mlops-into-");
        try
        {
            var folder = Path.Combine(parent.FullName, "again");
            var reproduction = await ReproduceAsync(id, new ReproductionOptions { Folder = folder });
            Assert.Equal(folder, reproduction.Folder);
            Assert.Equal(["output.txt", "workspace"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal("training\n", await File.ReadAllTextAsync(Path.Combine(folder, "output.txt"), Token));

            Assert.Equal(
                ErrorCodes.InvalidConfiguration,
                (await Assert.ThrowsAsync<MlOpsException>(() => ReproduceAsync(id, new ReproductionOptions { Folder = folder }))).Code);

            var kept = Path.Combine(parent.FullName, "kept");
            await ReproduceAsync(id, new ReproductionOptions { Folder = kept, Keep = true });
            Assert.True(File.Exists(Path.Combine(kept, "code", "rate.txt")));
            _repository.Git("worktree", "remove", "--force", Path.Combine(kept, "code"));
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_remote_is_cloned_where_no_repository_at_hand_has_the_commit()
    {
        var id = await RecordAsync(Snapshot() with { GitRoot = Path.Combine(_repository.Root, "gone"), GitRemote = _repository.Root });
        Assert.Equal(ReproductionVerdict.BitEqual, (await ReproduceAsync(id)).Verdict);
        Assert.Single(_repository.Git("worktree", "list").Trim().Split('\n'));

        var lost = await RecordAsync(Snapshot() with { GitCommit = new string('1', 40), GitRoot = null, GitRemote = _repository.Root });
        Assert.Contains("does not have it either", await RefusalAsync(lost), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_reproduced_is_refused_with_every_reason_before_anything_is_run()
    {
        var id = await RecordAsync(
            Snapshot() with { GitCommit = null, GitDirty = true, Arguments = ["--password", SecretMask.Mask] },
            run =>
            {
                run.LogInput("training", Version("lost", "x", 3));
                return Task.CompletedTask;
            });

        var refusal = await RefusalAsync(id);

        Assert.Contains("not started in a git repository", refusal, StringComparison.Ordinal);
        Assert.Contains("the changes were not kept", refusal, StringComparison.Ordinal);
        Assert.Contains("'***' was masked", refusal, StringComparison.Ordinal);
        Assert.Contains("lost@3, which the workspace does not have", refusal, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was run.", refusal, StringComparison.Ordinal);
        Assert.Equal(
            ErrorCodes.RunNotFound, (await Assert.ThrowsAsync<MlOpsException>(() => ReproduceAsync(new RunId("nowhere")))).Code);
    }

    [Fact]
    public async Task A_commit_that_is_gone_a_cut_diff_changed_data_and_a_running_run_are_refused()
    {
        Assert.Contains(
            "it had no remote to clone", await RefusalAsync(await RecordAsync(Snapshot() with { GitCommit = new string('1', 40) })), StringComparison.Ordinal);

        _repository.Write("rate.txt", string.Join('\n', Enumerable.Range(0, 5000)));
        var cut = (await UncommittedDiff.ReadAsync(_repository.Root, true, 5000))!;
        _repository.Git("checkout", "--quiet", "--", ".");
        Assert.Contains(
            "larger than the tracker keeps",
            await RefusalAsync(await RecordAsync(Snapshot() with { GitDirty = true }, run => LogDiffAsync(run, cut))),
            StringComparison.Ordinal);

        var version = await AddVersionAsync("flights", "a", keepBytes: false);
        Assert.Contains("lacks the bytes", await RefusalAsync(await RecordWithInputAsync(version)), StringComparison.Ordinal);
        Assert.Contains("with the content", await RefusalAsync(await RecordWithInputAsync(Version("flights", "b", 1))), StringComparison.Ordinal);

        await using var running = await Tracker().StartRunAsync("e", cancellationToken: Token);
        Assert.Contains("still running", await RefusalAsync(running.Info.Id), StringComparison.Ordinal);

        Task<RunId> RecordWithInputAsync(DataVersion input) => RecordAsync(Snapshot(), run =>
        {
            run.LogInput("training", input);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Changes_that_do_not_fit_the_commit_are_refused_and_leave_nothing()
    {
        var id = await RecordAsync(
            Snapshot(), run => LogDiffAsync(run, "diff --git a/rate.txt b/rate.txt\n--- a/rate.txt\n+++ b/rate.txt\n@@ -1 +1 @@\n-9\n+8\n"u8.ToArray()));
        Assert.Contains("cannot be applied", await RefusalAsync(id), StringComparison.Ordinal);
        Assert.Single(_repository.Git("worktree", "list").Trim().Split('\n'));
    }

    [Fact]
    public async Task A_program_that_does_not_build_records_nothing_or_takes_too_long_says_so_with_its_last_words()
    {
        var id = await RecordAsync(Snapshot());
        Assert.Contains("did not build (exit code 3)", await FailureAsync((_, output, _) => Say(output, 3)), StringComparison.Ordinal);
        Assert.Contains("recorded no run 1 of experiment 'training'", await FailureAsync((_, output, _) => Say(output, 0)), StringComparison.Ordinal);
        Assert.Contains("last words", await FailureAsync((_, output, _) => Say(output, 0)), StringComparison.Ordinal);
        Assert.Contains(
            "took longer than 00:00:00.0500000",
            await FailureAsync(async (_, _, token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return 0;
            }),
            StringComparison.Ordinal);
        Assert.Single(_repository.Git("worktree", "list").Trim().Split('\n'));

        async Task<string> FailureAsync(ChildRunner children)
        {
            var reproducer = new RunReproducer(Tracker(), _data, _blobs, _target, null, null, children);
            var error = await Assert.ThrowsAsync<MlOpsException>(
                () => reproducer.ReproduceAsync(id, new ReproductionOptions { Timeout = TimeSpan.FromMilliseconds(50) }, Token));
            Assert.Equal(ErrorCodes.ReproductionFailed, error.Code);
            return error.Message;
        }

        static Task<int> Say(ChildOutput output, int code)
        {
            output.Write("last words");
            return Task.FromResult(code);
        }
    }

    [Theory]
    [InlineData("abc 2 my experiment", "my experiment", 2, "abc")]
    [InlineData("abc 2 my experiment", "my experiment", 1, null)]
    [InlineData("abc 2 my experiment", "my", 2, null)]
    [InlineData("abc", "my", 2, null)]
    public void A_process_knows_which_of_its_runs_reproduces(string variable, string experiment, int number, string? run) =>
        Assert.Equal(run, ReproductionProcess.ReproducedBy(variable, experiment, number));

    private static async Task TrainAsync(ChildCommand command, IRun run)
    {
        var rate = double.Parse((await File.ReadAllTextAsync(Path.Combine(command.Folder, "rate.txt"), Token)).Trim(), CultureInfo.InvariantCulture);
        run.LogParameter("rate", rate);
        var bonus = Path.Combine(command.Folder, "App", "bonus.txt");
        if (File.Exists(bonus))
        {
            run.LogParameter("bonus", await File.ReadAllTextAsync(bonus, Token));
        }

        for (var step = 0; step < 3; step++)
        {
            run.LogMetric("loss", Math.Pow(rate, step), step);
        }

        await run.LogTextAsync("model.txt", rate.ToString(CultureInfo.InvariantCulture), Token);
    }

    private static Task<StoredFile> LogDiffAsync(IRun run, byte[] diff) => run.LogArtifactAsync(UncommittedDiff.ArtifactPath, new MemoryStream(diff), Token);

    private static RunInfo Info(string id, DateTimeOffset at) => new()
    {
        Id = new RunId(id),
        Experiment = "training",
        Name = "original",
        Status = RunStatus.Running,
        StartedAt = at,
        HeartbeatAt = at,
        Host = "elsewhere",
        ProcessId = 1,
    };

    private static DataVersion Version(string name, string text, int number)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var file = new StoredFile { Path = "data.txt", Hash = ContentHash.Of(bytes), Length = bytes.Length };
        return new DataVersion { Name = name, Number = number, Hash = ContentHash.Of(Encoding.UTF8.GetBytes(name + text)), Files = [file], CreatedAt = default };
    }

    private async Task<DataVersion> AddVersionAsync(string name, string text, bool keepBytes = true)
    {
        if (keepBytes)
        {
            await _blobs.PutAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Token);
        }

        return await _data.AddAsync(Version(name, text, 0), Token);
    }

    private ExperimentTracker Tracker() => new(_runs, _runs, _blobs, options: new TrackingOptions { MaximumDiffBytes = 0 });

    private RunSnapshot Snapshot() => TrackerTests.Snapshot() with
    {
        GitCommit = _repository.Commit,
        GitBranch = "main",
        GitRoot = _repository.Root,
        GitSubfolder = "",
        EntryAssembly = "App 1.0.0.0",
        EntryPath = Path.Combine(_repository.Root, "App", "bin", "App.dll"),
        BuildConfiguration = "Debug",
        RunNumber = 1,
        Arguments = ["--epochs", "3"],
        TimeZone = TimeZoneInfo.Local.Id,
    };

    // What the program records, under a snapshot of the test's choice.
    private async Task<RunId> RecordAsync(RunSnapshot snapshot, Func<IRun, Task>? more = null)
    {
        _start = _start.AddSeconds(1);
        var info = Info(Guid.CreateVersion7(_start).ToString("N"), _start);
        await _runs.CreateAsync(info, snapshot, Token);
        await using var run = new Run(
            info, _runs, _blobs, TimeProvider.System, new TrackingOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await TrainAsync(new ChildCommand("", [], _repository.Root, new Dictionary<string, string?>()), run);
        if (more is not null)
        {
            await more(run);
        }

        return info.Id;
    }

    private async Task<string> RefusalAsync(RunId run)
    {
        var started = _started.Count;
        var folders = CountFolders();
        var error = await Assert.ThrowsAsync<MlOpsException>(() => ReproduceAsync(run));
        Assert.Equal(ErrorCodes.NotReproducible, error.Code);
        Assert.Equal(started, _started.Count);
        Assert.Equal(folders, CountFolders());
        return error.Message;

        int CountFolders() => Directory.EnumerateDirectories(Path.GetTempPath(), $"mlops-reproduce-{run.Short}-*").Count();
    }

    private Task<RunReproduction> ReproduceAsync(RunId run, ReproductionOptions? options = null) =>
        new RunReproducer(Tracker(), _data, _blobs, _target, null, null, StartAsync).ReproduceAsync(run, options, Token);

    private async Task<int> StartAsync(ChildCommand command, ChildOutput output, CancellationToken cancellationToken)
    {
        _started.Add(command);
        if (command.Arguments[0] == "run")
        {
            output.Write("training\n");
            var reproduces = command.Variables["MLOPS_REPRODUCES"]!.Split(' ', 3);
            await using var run = await _target.Tracking.StartRunAsync(
                reproduces[2], new RunOptions { Tags = new Dictionary<string, string> { [ReproductionProcess.Tag] = reproduces[0] } }, cancellationToken);
            await _program(command, run);
        }

        return 0;
    }
}
