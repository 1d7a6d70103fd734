namespace MlOps.Features;

/// <summary>What a careless join would have leaked into a training table.</summary>
public sealed record LeakageAudit
{
    /// <summary>How many spine rows were looked at.</summary>
    public required long Rows { get; init; }

    /// <summary>The spine rows of which at least one feature would differ with rows after the event time.</summary>
    public required long FutureRows { get; init; }

    /// <summary>The spine rows of which at least one feature would differ with rows that were not yet known.</summary>
    public required long UnknownRows { get; init; }

    /// <summary>The same by feature, for the features that come from views, in the service's order.</summary>
    public required IReadOnlyList<FeatureLeakage> Features { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"of {Rows} rows, {FutureRows} would see the future in a join without time, {UnknownRows} what was not yet known";
}
