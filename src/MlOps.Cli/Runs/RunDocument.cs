using MlOps.Tracking;

namespace MlOps.Cli.Runs;

/// <summary>A run as JSON shows it.</summary>
internal sealed record RunDocument
{
    public required string Id { get; init; }

    public required string Experiment { get; init; }

    public required string Name { get; init; }

    public required RunStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Parent { get; init; }

    public string? Failure { get; init; }

    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public IReadOnlyDictionary<string, string>? Inputs { get; init; }

    public IReadOnlyList<string>? Artifacts { get; init; }

    public RunSnapshot? Snapshot { get; init; }

    public static RunDocument Of(RunInfo run) => new()
    {
        Id = run.Id.Value,
        Experiment = run.Experiment,
        Name = run.Name,
        Status = run.Status,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        Parent = run.Parent?.Value,
        Failure = run.Failure,
    };

    public static RunDocument Of(RunSummary run) => Of(run.Info) with
    {
        Parameters = run.Parameters,
        Metrics = run.Metrics.ToDictionary(pair => pair.Key, pair => pair.Value.Value),
        Tags = run.Tags,
        Inputs = run.Inputs,
    };

    public static RunDocument Of(RunDetails run) => Of(run.Info) with
    {
        Parameters = run.Parameters,
        Metrics = run.Metrics.ToDictionary(pair => pair.Key, pair => pair.Value.Value),
        Tags = run.Tags,
        Inputs = run.Inputs,
        Artifacts = [.. run.Artifacts.Select(file => file.Path)],
        Snapshot = run.Snapshot,
    };
}
