namespace MlOps.Features;

/// <summary>Collects the features of a <see cref="FeatureView"/>.</summary>
public sealed class FeatureViewBuilder
{
    private readonly string _view;

    internal FeatureViewBuilder(string view) => _view = view;

    internal List<FeatureDefinition> Features { get; } = [];

    internal string? CreatedColumn { get; private set; }

    internal string? IdColumn { get; private set; }

    internal TimeSpan? Retention { get; private set; }

    /// <summary>Adds the value of the latest row at or before the instant.</summary>
    /// <param name="feature">The name that models see.</param>
    /// <param name="column">The source column.</param>
    /// <param name="ttl">The oldest age that still counts, inclusive; null for any age.</param>
    public FeatureViewBuilder Latest(string feature, string column, TimeSpan? ttl = null) =>
        Add(feature, column, FeatureAggregation.Latest, ttl);

    /// <summary>Adds the mean of a column over (t − window, t]; truth values count as 0 and 1, missing values not at all.</summary>
    public FeatureViewBuilder Mean(string feature, string column, TimeSpan window) => Add(feature, column, FeatureAggregation.Mean, window);

    /// <summary>Adds the sum of a column over (t − window, t].</summary>
    public FeatureViewBuilder Sum(string feature, string column, TimeSpan window) => Add(feature, column, FeatureAggregation.Sum, window);

    /// <summary>Adds how many values of a column, of any type, are not missing in (t − window, t].</summary>
    public FeatureViewBuilder Count(string feature, string column, TimeSpan window) => Add(feature, column, FeatureAggregation.Count, window);

    /// <summary>Adds the least number of a column over (t − window, t].</summary>
    public FeatureViewBuilder Min(string feature, string column, TimeSpan window) => Add(feature, column, FeatureAggregation.Min, window);

    /// <summary>Adds the greatest number of a column over (t − window, t].</summary>
    public FeatureViewBuilder Max(string feature, string column, TimeSpan window) => Add(feature, column, FeatureAggregation.Max, window);

    /// <summary>Names the column that says when a row became known; only rows known at the event time are then used.</summary>
    public FeatureViewBuilder Created(string column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        CreatedColumn = column;
        return this;
    }

    /// <summary>Names the column that identifies a row within its entity and instant; without one, equal rows of separate pushes are one row.</summary>
    public FeatureViewBuilder Id(string column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        IdColumn = column;
        return this;
    }

    /// <summary>Sets how long before an entity's newest row the online store keeps older ones, for requests that lag behind the pushes.</summary>
    public FeatureViewBuilder Retain(TimeSpan retention)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retention, TimeSpan.Zero);
        Retention = retention;
        return this;
    }

    private FeatureViewBuilder Add(string feature, string column, FeatureAggregation aggregation, TimeSpan? window)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(feature);
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        if (window is { } length)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero, nameof(window));
        }

        if (Features.Exists(existing => existing.Name == feature))
        {
            throw new MlOpsException(ErrorCodes.InvalidConfiguration, $"The feature view '{_view}' defines '{feature}' twice: rename one of them.");
        }

        Features.Add(new FeatureDefinition { Name = feature, Column = column, Aggregation = aggregation, Window = window });
        return this;
    }
}
