using MlOps.Storage;

namespace MlOps.Pipelines;

/// <summary>One step of one execution, as the journal holds it.</summary>
public sealed record StepRecord
{
    /// <summary>The execution.</summary>
    public required string RunId { get; init; }

    /// <summary>The step's name within its pipeline.</summary>
    public required string Step { get; init; }

    /// <summary>How it came to its value.</summary>
    public required StepOutcome Outcome { get; init; }

    /// <summary>The parts of its cache key by name (code, each input, parameters, environment) with their hashes.</summary>
    public required IReadOnlyDictionary<string, string> KeyParts { get; init; }

    /// <summary>The hash over all key parts: equal keys mean equal values.</summary>
    public required ContentHash Key { get; init; }

    /// <summary>Where its value lies in the blob store; null when it failed.</summary>
    public ContentHash? Output { get; init; }

    /// <summary>When its code began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long its code, or taking the cached value, took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many attempts it took.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Why it ran: which part of the key differed from the last execution; or the error of a failed step.</summary>
    public required string Reason { get; init; }
}
