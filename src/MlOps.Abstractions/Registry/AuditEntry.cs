namespace MlOps.Registry;

/// <summary>One line of the registry's history: who did what to which model, and why.</summary>
public sealed record AuditEntry
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The version it concerns; null when it concerns the model as a whole.</summary>
    public int? Version { get; init; }

    /// <summary>What was done: <c>registered</c>, <c>alias-moved</c>, <c>promotion-approved</c>, <c>promotion-refused</c>, <c>rolled-back</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The evidence as JSON, such as the gates' results; null when there is none.</summary>
    public string? Evidence { get; init; }

    /// <summary>The user or process that did it.</summary>
    public required string Actor { get; init; }
}
