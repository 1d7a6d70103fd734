using System.Text.Json.Serialization;

namespace MlOps.Tracking;

/// <summary>What a webhook is told.</summary>
internal sealed record RunNotification
{
    public required string Event { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string RunId { get; init; }

    public required string Experiment { get; init; }

    public required string Name { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Failure { get; init; }

    public string? Parent { get; init; }

    public required string Host { get; init; }

    public static RunNotification Of(RunInfo run, DateTimeOffset at) => new()
    {
        Event = run.Status switch
        {
            RunStatus.Running => "run.started",
            RunStatus.Finished => "run.finished",
            RunStatus.Failed => "run.failed",
            RunStatus.Cancelled => "run.cancelled",
            _ => "run.lost",
        },
        At = at,
        RunId = run.Id.Value,
        Experiment = run.Experiment,
        Name = run.Name,
        Status = run.Status.ToString(),
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        Failure = run.Failure,
        Parent = run.Parent?.Value,
        Host = run.Host,
    };
}

[JsonSerializable(typeof(RunNotification))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class NotificationJson : JsonSerializerContext;
