namespace MlOps.Pipelines;

/// <summary>What an execution gave.</summary>
/// <typeparam name="T">The type of the pipeline's value.</typeparam>
public sealed record PipelineResult<T>
{
    /// <summary>The value of the last step.</summary>
    public required T Value { get; init; }

    /// <summary>The execution's id in the journal.</summary>
    public required string RunId { get; init; }

    /// <summary>How each step came to its value and why, in the order of their definition.</summary>
    public required IReadOnlyList<StepRecord> Steps { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{RunId}: {Steps.Count(step => step.Outcome == StepOutcome.Executed)} executed, "
        + $"{Steps.Count(step => step.Outcome == StepOutcome.Cached)} cached";
}
