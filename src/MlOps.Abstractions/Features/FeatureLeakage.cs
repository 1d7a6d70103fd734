namespace MlOps.Features;

/// <summary>How much one feature would change if the join looked where it must not.</summary>
public sealed record FeatureLeakage
{
    /// <summary>The feature.</summary>
    public required string Feature { get; init; }

    /// <summary>The spine rows whose value would differ if the entity's rows after the event time were used too.</summary>
    public required long FutureRows { get; init; }

    /// <summary>The spine rows whose value would differ if rows that were not yet known (created after the event time) were used.</summary>
    public required long UnknownRows { get; init; }
}
