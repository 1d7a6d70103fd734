namespace MlOps.Testing;

/// <summary>How the latency of a model is measured.</summary>
public sealed record LatencyOptions
{
    /// <summary>The quantile that is held against the budget, above 0 and below 1. Default: 0.95.</summary>
    public double Quantile { get; init; } = 0.95;

    /// <summary>The calls of one round. Default: 200.</summary>
    public int Calls { get; init; } = 200;

    /// <summary>The calls before the first round, which are not measured. Default: 50.</summary>
    public int WarmUpCalls { get; init; } = 50;

    /// <summary>How many rounds there are at most: what else the machine does only makes rounds slower, so that the first round within the budget decides. Default: 5.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>The clock. Default: the machine's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
