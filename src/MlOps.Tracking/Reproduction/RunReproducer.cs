using MlOps.Data;
using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>Runs a recorded run again from what it recorded, beside everything that is there, and compares the results.</summary>
/// <remarks>
/// The code is a git worktree of the recorded commit with the recorded changes, the workspace a new one with the data versions that the run
/// read. The program runs as a child process with the rights of this one: reproduce only what you would run. Safe to call from several
/// threads.
/// </remarks>
public sealed class RunReproducer
{
    private readonly IExperimentTracker _tracking;
    private readonly IDataVersionStore _data;
    private readonly IBlobStore _blobs;
    private readonly IReproductionWorkspaceFactory _workspaces;
    private readonly TrackingOptions _options;
    private readonly TimeProvider _time;
    private readonly ChildRunner _children;

    /// <summary>Creates it over the workspace that holds the runs.</summary>
    public RunReproducer(
        IExperimentTracker tracking, IDataVersionStore data, IBlobStore blobs, IReproductionWorkspaceFactory workspaces,
        TimeProvider? time = null, TrackingOptions? options = null)
        : this(tracking, data, blobs, workspaces, time, options, ChildProcess.RunAsync)
    {
    }

    internal RunReproducer(
        IExperimentTracker tracking, IDataVersionStore data, IBlobStore blobs, IReproductionWorkspaceFactory workspaces, TimeProvider? time,
        TrackingOptions? options, ChildRunner children)
    {
        ArgumentNullException.ThrowIfNull(tracking);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(workspaces);
        (_tracking, _data, _blobs, _workspaces, _children) = (tracking, data, blobs, workspaces, children);
        _time = time ?? TimeProvider.System;
        _options = options ?? new TrackingOptions();
    }

    /// <summary>Runs a run again and compares.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.RunNotFound"/>; <see cref="ErrorCodes.NotReproducible"/>, with every reason, before anything is run;
    /// <see cref="ErrorCodes.ReproductionFailed"/> when the code did not build, or the program recorded no such run or took too long.
    /// </exception>
    public async Task<RunReproduction> ReproduceAsync(
        RunId run, ReproductionOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ReproductionOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Tolerance);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        var original = await _tracking.FindRunAsync(run, cancellationToken).ConfigureAwait(false)
            ?? throw new MlOpsException(ErrorCodes.RunNotFound, $"There is no run '{run}' to reproduce: list runs to see their ids.");
        options.Progress?.Report("looking whether all that the run needs is there");
        var plan = await ReproductionPlan.MakeAsync(original, _data, _blobs, options, cancellationToken).ConfigureAwait(false);
        var folder = CreateFolder(options.Folder, original);
        Worktree? code = null;
        try
        {
            code = await CheckOutAsync(plan, folder, options, cancellationToken).ConfigureAwait(false);
            var reproduction = await RunAsync(plan, code, folder, options, cancellationToken).ConfigureAwait(false);
            return reproduction with { Folder = options.Keep || options.Folder is not null ? folder : null };
        }
        finally
        {
            if (!options.Keep)
            {
                await RemoveAsync(code, folder, options.Folder is null, options.Progress).ConfigureAwait(false);
            }
        }
    }

    private static string CreateFolder(string? wanted, RunDetails run)
    {
        if (wanted is null)
        {
            return Directory.CreateTempSubdirectory($"mlops-reproduce-{run.Info.Id.Short}-").FullName;
        }

        var folder = Path.GetFullPath(wanted);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidConfiguration,
                $"A run is reproduced in a folder of its own, and '{folder}' is not empty: name a new folder.");
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    private static async Task RemoveAsync(Worktree? code, string folder, bool everything, IProgress<string>? progress)
    {
        if (code is not null)
        {
            await code.RemoveAsync().ConfigureAwait(false);
        }

        var rest = everything ? folder : Path.Combine(folder, "repository");
        if (!Directory.Exists(rest))
        {
            return;
        }

        try
        {
            // Objects of git and of a workspace are read-only, which on Windows protects them from deletion too.
            foreach (var file in new DirectoryInfo(rest).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly))
            {
                file.IsReadOnly = false;
            }

            Directory.Delete(rest, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            progress?.Report($"'{rest}' could not be removed: {error.Message}");
        }
    }

    private static async Task<Worktree> CheckOutAsync(
        ReproductionPlan plan, string folder, ReproductionOptions options, CancellationToken cancellationToken)
    {
        var repository = plan.Repository;
        if (repository is null)
        {
            var remote = plan.Run.Snapshot.GitRemote!;
            options.Progress?.Report($"cloning {remote}");
            repository = Path.Combine(folder, "repository");
            var problem = await Worktree.CloneAsync(remote, repository, cancellationToken).ConfigureAwait(false) is { } said
                ? $"cannot be cloned: {said}"
                : await Worktree.HasCommitAsync(repository, plan.Commit, cancellationToken)
                    .ConfigureAwait(false) ? null : "does not have it either";
            if (problem is not null)
            {
                throw ReproductionPlan.Refusal(
                    plan.Run.Info.Id, $"no repository at hand has its commit {plan.Commit}, and its remote '{remote}' {problem}");
            }
        }

        var changes = plan.Patch is null ? "" : " with the uncommitted changes";
        options.Progress?.Report($"checking out {plan.Commit[..Math.Min(12, plan.Commit.Length)]}{changes}");
        return await Worktree.CreateAsync(plan, repository, Path.Combine(folder, "code"), cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunReproduction> RunAsync(
        ReproductionPlan plan, Worktree code, string folder, ReproductionOptions options, CancellationToken cancellationToken)
    {
        var entry = EntryPoint.Find(code.Folder, plan.Run, options.Project);
        var workspace = Path.Combine(folder, "workspace");
        var target = _workspaces.Open(workspace);
        await using (target.ConfigureAwait(false))
        {
            await CopyInputsAsync(plan, target, cancellationToken).ConfigureAwait(false);
            var place = Path.Combine(code.Folder, plan.Run.Snapshot.GitSubfolder ?? "");
            Directory.CreateDirectory(place);
            var variables = Variables(plan.Run, workspace, options);
            using var output = new ChildOutput(Path.Combine(folder, "output.txt"));
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            time.CancelAfter(options.Timeout);
            var begin = _time.GetUtcNow();
            var exitCode = 0;
            try
            {
                if (entry.Build(place, variables) is { } build)
                {
                    options.Progress?.Report($"building {Path.GetRelativePath(code.Folder, entry.File)}");
                    if (await _children(build, output, time.Token).ConfigureAwait(false) is not 0 and var failed)
                    {
                        throw Failed($"its code did not build (exit code {failed})", output);
                    }
                }

                options.Progress?.Report("running");
                exitCode = await _children(entry.Run(place, plan.Arguments, variables), output, time.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw Failed($"it took longer than {options.Timeout}, and was stopped", output);
            }

            options.Progress?.Report("comparing");
            var (tracking, blobs, reproduced) = await FindReproducedAsync(plan.Run, begin, target, cancellationToken).ConfigureAwait(false)
                ?? throw Failed(
                    $"the program ended with exit code {exitCode} and recorded no run {plan.Run.Snapshot.RunNumber} of experiment "
                    + $"'{plan.Run.Info.Experiment}'",
                    output);
            var results = new ResultComparison((_tracking, _blobs), (tracking, blobs), options);
            await results.CompareAsync(plan.Run, reproduced, cancellationToken).ConfigureAwait(false);
            return new RunReproduction
            {
                Original = plan.Run,
                Reproduced = reproduced,
                Verdict = results.Verdict,
                Differences = results.Differences,
                Circumstances = Circumstances(plan.Run, reproduced),
                Notes = plan.Notes,
                ExitCode = exitCode,
                Output = output.End,
            };
        }

        MlOpsException Failed(string why, ChildOutput output) => new(
            ErrorCodes.ReproductionFailed, $"Run {plan.Run.Info.Id} was not reproduced: {why}. The last that was printed:\n{output.End}");
    }

    // Under the same numbers, so that the program finds them by the references it knows; the bytes of those alone that the run named.
    private async Task CopyInputsAsync(ReproductionPlan plan, IReproductionWorkspace target, CancellationToken cancellationToken)
    {
        foreach (var versions in plan.Inputs.GroupBy(version => version.Name, StringComparer.Ordinal))
        {
            var last = versions.Max(version => version.Number);
            for (var number = 1; number <= last; number++)
            {
                var version = await _data.FindAsync(versions.Key, number, cancellationToken).ConfigureAwait(false)
                    ?? throw ReproductionPlan.Refusal(
                        plan.Run.Info.Id,
                        $"the data version {versions.Key}@{number} is missing, without which later ones get other numbers");
                await target.Data.AddAsync(version, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var hash in plan.Inputs.SelectMany(version => version.Files).Select(file => file.Hash).Distinct())
        {
            var content = await _blobs.OpenReadAsync(hash, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                await target.Blobs.PutAsync(content, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Dictionary<string, string?> Variables(RunDetails run, string workspace, ReproductionOptions options)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        var recorded = run.Snapshot.EnvironmentVariables;
        if (run.Snapshot.RunNumber > 0)
        {
            // What would have been recorded and was not, was not set.
            var allowed = RecordedSettings.EnvironmentVariables(_options.EnvironmentVariables).Keys;
            foreach (var name in allowed.Where(name => !recorded.ContainsKey(name)))
            {
                variables[name] = null;
            }
        }

        if (!string.Equals(TimeZoneInfo.Local.Id, run.Snapshot.TimeZone, StringComparison.Ordinal))
        {
            variables["TZ"] = run.Snapshot.TimeZone;
        }

        foreach (var (name, value) in recorded.Where(variable => !variable.Value.Contains(SecretMask.Mask, StringComparison.Ordinal)))
        {
            variables[name] = value;
        }

        foreach (var (name, value) in options.Environment.Concat(ReproductionProcess.Variables(run, workspace)))
        {
            variables[name] = value;
        }

        return variables;
    }

    // In the workspace that was made for it; where the program's own configuration names a server, in the original's.
    private async Task<(IExperimentTracker Tracking, IBlobStore Blobs, RunDetails Run)?> FindReproducedAsync(
        RunDetails run, DateTimeOffset begin, IReproductionWorkspace target, CancellationToken cancellationToken)
    {
        foreach (var (tracking, blobs) in new[] { (target.Tracking, target.Blobs), (_tracking, _blobs) })
        {
            var newestFirst = await tracking.SearchRunsAsync(new RunQuery { Experiment = run.Info.Experiment }, cancellationToken)
                .ConfigureAwait(false);
            foreach (var candidate in newestFirst.Runs.Where(candidate => candidate.Info.StartedAt >= begin).Reverse())
            {
                if (await tracking.FindRunAsync(candidate.Id, cancellationToken).ConfigureAwait(false) is { } details
                    && details.Tags.GetValueOrDefault(ReproductionProcess.Tag) == run.Info.Id.Value)
                {
                    return (tracking, blobs, details);
                }
            }
        }

        return null;
    }

    // A worktree is on no branch, which says nothing.
    private static IReadOnlyList<RunDifference> Circumstances(RunDetails original, RunDetails reproduced) =>
    [
        .. RunComparison.Of([original, reproduced]).Differences.Where(difference =>
            difference.Kind is RunDifferenceKind.Environment or RunDifferenceKind.Package or RunDifferenceKind.Configuration
            || (difference.Kind == RunDifferenceKind.Code && difference.Name != "branch")),
    ];
}
