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
    private readonly RunNotifications _notifications;
    private readonly Lazy<SystemMetricsSampler> _sampler;
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
        var webhook = _options.Webhook is { } address
            ? new RunWebhook(address, _options.WebhookTimeout, _options.WebhookAttempts, _time, _logger)
            : null;
        _notifications = new RunNotifications(webhook, _logger);
        _sampler = new(() => new SystemMetricsSampler(SystemMetricsSampler.SourcesOf(_time), _time, _options.SystemMetricsInterval, _logger));
    }

    /// <inheritdoc/>
    public async Task<IRun> StartRunAsync(string experiment, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckName(experiment, "experiment");
        options ??= new RunOptions();
        var (run, artifacts) = options.Resume is { } resume
            ? await ResumeAsync(experiment, resume, cancellationToken).ConfigureAwait(false)
            : (await StartAsync(experiment, options, cancellationToken).ConfigureAwait(false), []);
        if (options.CaptureConsole ?? _options.CaptureConsole)
        {
            run.Attach(new ConsoleLog(
                run, ConsoleLog.PathBeside(artifacts), _options.MaximumConsoleCharacters, _time, _options.FlushInterval, _logger));
        }

        if (options.SystemMetrics ?? _options.SystemMetrics)
        {
            run.Attach(_sampler.Value.Watch(run));
        }

        _notifications.Tell(run.Info);
        foreach (var (tag, value) in options.Tags)
        {
            run.SetTag(tag, value);
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
    public async Task<RunPage> SearchRunsAsync(RunQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= new RunQuery();
        if (DependsOnLostRuns(query))
        {
            // The store filters by what it holds: what it holds must be true first.
            await SweepLostRunsAsync(cancellationToken).ConfigureAwait(false);
        }

        var page = await _reader.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        return page with { Runs = [.. page.Runs.Select(run => run with { Info = ShowLost(run.Info) })] };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricPoint>> GetMetricHistoryAsync(
        RunId run, string metric, MetricHistoryOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        return _reader.ReadHistoryAsync(run, metric, options, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenArtifactAsync(RunId run, string path, CancellationToken cancellationToken = default)
    {
        var normal = StoredFile.CheckPath(path);
        var details = await _reader.FindAsync(run, cancellationToken).ConfigureAwait(false)
            ?? throw NotFound(run);
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
        var query = new RunQuery { Status = RunStatus.Running, Limit = SweepPage };
        while (true)
        {
            var page = await _reader.QueryAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var run in page.Runs.Select(run => run.Info))
            {
                if (RunLiveness.WhyLost(run, _time.GetUtcNow(), _options.LostAfter) is { } reason)
                {
                    await _store.UpdateAsync(
                        run.Id,
                        new RunUpdate { Status = RunStatus.Lost, EndedAt = run.HeartbeatAt, Failure = reason },
                        cancellationToken).ConfigureAwait(false);
                    _notifications.Tell(run with { Status = RunStatus.Lost, EndedAt = run.HeartbeatAt, Failure = reason });
                    found++;
                }
            }

            if (page.NextPageToken is null)
            {
                return found;
            }

            query = query with { PageToken = page.NextPageToken };
        }
    }

    private async Task<Run> StartAsync(string experiment, RunOptions options, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var name = options.Name ?? string.Create(CultureInfo.InvariantCulture, $"{experiment} {now:yyyy-MM-dd HH:mm:ss}");
        CheckName(name, "run", RunNames.MaximumLength + 20);
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
        var run = new Run(info, _store, _blobs, _time, _options, _logger, ended: _notifications.Tell);
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

    private async Task<(Run Run, IReadOnlyList<StoredFile> Artifacts)> ResumeAsync(
        string experiment, RunId id, CancellationToken cancellationToken)
    {
        var git = GitState.ReadAsync(Environment.CurrentDirectory, EnvironmentSnapshot.ProgramFolder, cancellationToken);
        var details = await _reader.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id);
        var found = details.Info;
        if (!string.Equals(found.Experiment, experiment, StringComparison.Ordinal))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidName,
                $"Run {found.Id} belongs to the experiment '{found.Experiment}' and cannot go on in '{experiment}'.");
        }

        var now = _time.GetUtcNow();
        if (found.Status == RunStatus.Running && RunLiveness.WhyLost(found, now, _options.LostAfter) is null)
        {
            throw Active(found);
        }

        var info = found with
        {
            Status = RunStatus.Running,
            EndedAt = null,
            Failure = null,
            HeartbeatAt = now,
            Host = Environment.MachineName,
            ProcessId = Environment.ProcessId,
            ProcessStart = ProcessStart.OfThisProcess,
        };
        var commit = (await git.ConfigureAwait(false)).Commit;
        var sequence = await _store.ResumeAsync(found, info, cancellationToken).ConfigureAwait(false) ?? throw Active(found);
        var run = new Run(info, _store, _blobs, _time, _options, _logger, sequence, details.Parameters, _notifications.Tell);

        // The snapshot is that of the first start; where the code is another by now, it must not pass for the only one.
        run.SetTag("mlops.resumed_at", now.ToString("O", CultureInfo.InvariantCulture));
        if (commit is not null)
        {
            run.SetTag("mlops.resumed_commit", commit);
        }

        return (run, details.Artifacts);
    }

    private static MlOpsException Active(RunInfo run) =>
        new(
            ErrorCodes.RunActive,
            $"Run {run.Id} is at work in process {run.ProcessId} on {run.Host} and cannot be resumed: "
            + "end it there, or wait until it counts as lost.");

    private static MlOpsException NotFound(RunId run) =>
        new(ErrorCodes.RunNotFound, $"There is no run '{run}' in this workspace: list runs to see their ids.");

    private static void CheckName(string name, string what, int limit = RunNames.MaximumLength)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name) || name.Length > limit || name.Any(char.IsControl))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidName,
                $"'{(name.Length > 40 ? name[..40] + "…" : name)}' cannot name a {what}: give 1 to {limit} characters, not all blank, none a control character.");
        }
    }

    // What a lost run's state is, when it ended and why.
    private static bool DependsOnLostRuns(RunQuery query) =>
        query.Status is RunStatus.Running or RunStatus.Lost
        || (query.Filter?.Fields ?? []).Concat(query.OrderBy.Select(key => key.Field)).Any(field =>
            field is { Kind: RunFieldKind.Attribute, Name: "status" or "end_time" or "duration" or "failure" });

    private RunInfo ShowLost(RunInfo run) =>
        RunLiveness.WhyLost(run, _time.GetUtcNow(), _options.LostAfter) is { } reason
            ? run with { Status = RunStatus.Lost, EndedAt = run.HeartbeatAt, Failure = reason }
            : run;
}
