using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MlOps.Storage;

namespace MlOps.Tracking;

/// <summary>Tracks experiments in a run store and a blob store.</summary>
/// <remarks>Safe to call from several threads; the stores decide how many processes may share them.</remarks>
public sealed class ExperimentTracker : IExperimentTracker
{
    private const int SweepPage = 100;

    private readonly IRunStore _store;
    private readonly IRunReader _reader;
    private readonly IBlobStore _blobs;
    private readonly TimeProvider _time;
    private readonly TrackingOptions _options;
    private readonly ILogger _logger;
    private readonly IConfiguration? _configuration;

    /// <summary>Creates a tracker.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>.</exception>
    public ExperimentTracker(
        IRunStore store, IRunReader reader, IBlobStore blobs, TimeProvider? time = null, TrackingOptions? options = null,
        ILogger<ExperimentTracker>? logger = null, IConfiguration? configuration = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(blobs);
        _store = store;
        _reader = reader;
        _blobs = blobs;
        _time = time ?? TimeProvider.System;
        _options = options ?? new TrackingOptions();
        _logger = logger ?? NullLogger<ExperimentTracker>.Instance;
        _configuration = configuration;
        new TrackingOptionsValidator().ThrowIfInvalid(_options);
    }

    /// <inheritdoc/>
    public async Task<IRun> StartRunAsync(string experiment, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckName(experiment, "experiment");
        options ??= new RunOptions();
        var now = _time.GetUtcNow();
        var name = options.Name ?? string.Create(CultureInfo.InvariantCulture, $"{experiment} {now:yyyy-MM-dd HH:mm:ss}");
        CheckName(name, "run", Run.MaximumNameLength + 20);
        var git = GitState.ReadAsync(Environment.CurrentDirectory, EnvironmentSnapshot.ProgramFolder, cancellationToken);
        var number = EnvironmentSnapshot.NextRunNumber(experiment);
        var info = new RunInfo
        {
            Id = new RunId(Guid.CreateVersion7(now).ToString("N")),
            Experiment = experiment,
            Name = name,
            Status = RunStatus.Running,
            StartedAt = now,
            HeartbeatAt = now,
            Parent = options.Parent,
            Host = Environment.MachineName,
            ProcessId = Environment.ProcessId,
            ProcessStart = ProcessStart.OfThisProcess,
        };
        var state = await git.ConfigureAwait(false);
        var diff = state.Root is { } root && state.Commit is not null && _options.MaximumDiffBytes > 0
            ? UncommittedDiff.ReadAsync(root, state.Dirty, _options.MaximumDiffBytes)
            : null;
        var snapshot = EnvironmentSnapshot.Take(state, options.Seeds, number, _options, _configuration);
        await _store.CreateAsync(info, snapshot, cancellationToken).ConfigureAwait(false);
        var run = new Run(info, _store, _blobs, _time, _options, _logger);
        foreach (var (tag, value) in options.Tags)
        {
            run.SetTag(tag, value);
        }

        if (ReproductionProcess.ReproducedBy(experiment, number) is { } reproduced)
        {
            run.SetTag(ReproductionProcess.Tag, reproduced);
        }

        if (diff is not null)
        {
            run.StoreDiff(diff);
        }

        return run;
    }

    /// <inheritdoc/>
    public async Task<RunDetails?> FindRunAsync(RunId run, CancellationToken cancellationToken = default)
    {
        var details = await _reader.FindAsync(run, cancellationToken).ConfigureAwait(false);
        return details is null ? null : details with { Info = ShowLost(details.Info) };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunInfo>> SearchRunsAsync(RunQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= new RunQuery();
        if (query.Status is RunStatus.Running or RunStatus.Lost)
        {
            // The store filters by what it holds: what it holds must be true first.
            await SweepLostRunsAsync(cancellationToken).ConfigureAwait(false);
        }

        var runs = await _reader.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        return [.. runs.Select(ShowLost)];
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricPoint>> GetMetricHistoryAsync(RunId run, string metric, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        return _reader.ReadHistoryAsync(run, metric, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenArtifactAsync(RunId run, string path, CancellationToken cancellationToken = default)
    {
        var normal = StoredFile.CheckPath(path);
        var details = await _reader.FindAsync(run, cancellationToken).ConfigureAwait(false)
            ?? throw new MlOpsException(ErrorCodes.RunNotFound, $"There is no run '{run}' in this workspace: list runs to see their ids.");
        var file = details.Artifacts.FirstOrDefault(file => string.Equals(file.Path, normal, StringComparison.Ordinal));
        if (file is null)
        {
            var near = Data.NearestName.Of(normal, details.Artifacts.Select(artifact => artifact.Path));
            throw new MlOpsException(
                ErrorCodes.FileNotFound,
                $"Run {details.Info.Id} left no file '{normal}'"
                + (near is null ? $"; it left {details.Artifacts.Count} files." : $"; did you mean '{near}'?"));
        }

        return await _blobs.OpenReadAsync(file.Hash, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records as lost the running runs whose process died or fell silent; called when a workspace opens.</summary>
    /// <returns>How many were found.</returns>
    public async Task<int> SweepLostRunsAsync(CancellationToken cancellationToken = default)
    {
        var found = 0;
        RunId? before = null;
        while (true)
        {
            var page = await _reader.QueryAsync(
                new RunQuery { Status = RunStatus.Running, Before = before, Limit = SweepPage }, cancellationToken).ConfigureAwait(false);
            foreach (var run in page)
            {
                if (RunLiveness.WhyLost(run, _time.GetUtcNow(), _options.LostAfter) is { } reason)
                {
                    await _store.UpdateAsync(
                        run.Id,
                        new RunUpdate { Status = RunStatus.Lost, EndedAt = run.HeartbeatAt, Failure = reason },
                        cancellationToken).ConfigureAwait(false);
                    Log.RunLost(_logger, run.Id, run.Experiment, reason);
                    found++;
                }
            }

            if (page.Count < SweepPage)
            {
                return found;
            }

            before = page[^1].Id;
        }
    }

    private static void CheckName(string name, string what, int limit = Run.MaximumNameLength)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name) || name.Length > limit || name.Any(char.IsControl))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidName,
                $"'{(name.Length > 40 ? name[..40] + "…" : name)}' cannot name a {what}: give 1 to {limit} characters, not all blank, none a control character.");
        }
    }

    private RunInfo ShowLost(RunInfo run) =>
        RunLiveness.WhyLost(run, _time.GetUtcNow(), _options.LostAfter) is { } reason
            ? run with { Status = RunStatus.Lost, EndedAt = run.HeartbeatAt, Failure = reason }
            : run;
}
