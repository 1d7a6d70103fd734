namespace MlOps.Tracking;

/// <summary>One thing that a run records; a value type, so that recording it allocates nothing.</summary>
public readonly record struct RunEvent
{
    private RunEvent(RunEventKind kind, string name, string? text, double number, long step)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Kind = kind;
        Name = name;
        Text = text;
        Number = number;
        Step = step;
    }

    /// <summary>What is recorded.</summary>
    public RunEventKind Kind { get; }

    /// <summary>The metric's, parameter's, tag's or input's name.</summary>
    public string Name { get; }

    /// <summary>The value of a parameter, tag or input; null for a metric.</summary>
    public string? Text { get; }

    /// <summary>The value of a metric; NaN and infinities are kept.</summary>
    public double Number { get; }

    /// <summary>The metric's step; 0 where the caller gave none.</summary>
    public long Step { get; }

    /// <summary>When it was recorded; set by the run.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>A number at a step.</summary>
    public static RunEvent Metric(string name, double value, long step = 0) => new(RunEventKind.Metric, name, null, value, step);

    /// <summary>A configuration value.</summary>
    public static RunEvent Parameter(string name, string value) => new(RunEventKind.Parameter, name, value, 0, 0);

    /// <summary>A label.</summary>
    public static RunEvent Tag(string name, string value) => new(RunEventKind.Tag, name, value, 0, 0);

    /// <summary>An input, such as the reference of a data version, under the role it plays.</summary>
    public static RunEvent Input(string role, string reference) => new(RunEventKind.Input, role, reference, 0, 0);
}
