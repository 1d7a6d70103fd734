namespace MlOps.Data;

/// <summary>How a suite of checks is run.</summary>
public sealed record CheckOptions
{
    /// <summary>The defaults.</summary>
    public static CheckOptions Default { get; } = new();

    /// <summary>How many wrong rows a result shows: the first ones. Default 5; 0 for none.</summary>
    public int MaxExamples { get; init; } = 5;

    /// <summary>The clock by which the run is timed and fresh data are judged. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
