namespace MlOps.Pipelines;

/// <summary>One execution of a pipeline, as the journal holds it.</summary>
public sealed record PipelineRunInfo
{
    /// <summary>The execution's id: 32 lower-case hexadecimal digits that sort by start.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs or when its process died.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it ended with all steps done; null while it runs.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>The error that ended it.</summary>
    public string? Failure { get; init; }
}
