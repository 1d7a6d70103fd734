namespace MlOps.Features;

/// <summary>One feature of a view: which column, and how its rows become one value.</summary>
public sealed record FeatureDefinition
{
    /// <summary>The name that models see; unique within its view.</summary>
    public required string Name { get; init; }

    /// <summary>The column of the view's source.</summary>
    public required string Column { get; init; }

    /// <summary>How rows become one value.</summary>
    public required FeatureAggregation Aggregation { get; init; }

    /// <summary>
    /// For a window, its length: rows in (t − window, t] count. For <see cref="FeatureAggregation.Latest"/>, the oldest age that still
    /// counts, inclusive; null for any age.
    /// </summary>
    public TimeSpan? Window { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} = {Aggregation}({Column}{(Window is { } window ? $", {window:c}" : "")})";
}
