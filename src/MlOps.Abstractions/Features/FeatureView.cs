using System.Diagnostics;

namespace MlOps.Features;

/// <summary>Features of an entity that come from one time-stamped source; the same definition serves training and the running model.</summary>
/// <remarks>Immutable and safe to share; usually a static property. A source row with a missing key or timestamp is left out.</remarks>
[DebuggerDisplay("{Name}")]
public sealed class FeatureView
{
    private readonly Dictionary<string, FeatureDefinition> _byName;

    private FeatureView(string name, IReadOnlyList<string> entity, string source, string timestamp, FeatureViewBuilder builder)
    {
        Name = name;
        Entity = entity;
        Source = source;
        Timestamp = timestamp;
        CreatedColumn = builder.CreatedColumn;
        IdColumn = builder.IdColumn;
        Features = [.. builder.Features];
        _byName = Features.ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        var windows = Features.Where(feature => feature.Aggregation != FeatureAggregation.Latest).Select(feature => feature.Window!.Value);
        Retention = builder.Retention ?? windows.Select(window => window + TimeSpan.FromDays(1)).DefaultIfEmpty(TimeSpan.Zero).Max();
    }

    /// <summary>The view's name; the online store keeps its rows under it.</summary>
    public string Name { get; }

    /// <summary>The columns that identify the entity, in the source and in spines and requests alike.</summary>
    public IReadOnlyList<string> Entity { get; }

    /// <summary>The name under which the offline source is given in <see cref="HistoricalFeatureRequest.Sources"/>.</summary>
    public string Source { get; }

    /// <summary>The source column that says when a row became true; without a zone it is read as UTC.</summary>
    public string Timestamp { get; }

    /// <summary>The source column that says when a row became known; null when the source has none.</summary>
    public string? CreatedColumn { get; }

    /// <summary>The source column that identifies a row of an entity and instant: a row with the same id corrects the earlier one.</summary>
    public string? IdColumn { get; }

    /// <summary>The features, in the order of their definition.</summary>
    public IReadOnlyList<FeatureDefinition> Features { get; }

    /// <summary>
    /// How long before an entity's newest row the online store keeps older ones. Default: the longest window plus a day, so that a day that
    /// was pushed at once can be served in order; zero when there is no window.
    /// </summary>
    public TimeSpan Retention { get; }

    /// <summary>Defines a view.</summary>
    /// <param name="name">Unique within the workspace.</param>
    /// <param name="entity">The columns that identify the entity.</param>
    /// <param name="source">The name of the offline source.</param>
    /// <param name="timestamp">The source's event-time column.</param>
    /// <param name="configure">Adds the features.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: no feature, no key, or a name that stands twice.</exception>
    public static FeatureView Define(
        string name, IReadOnlyList<string> entity, string source, string timestamp, Action<FeatureViewBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        ArgumentException.ThrowIfNullOrWhiteSpace(timestamp);
        ArgumentNullException.ThrowIfNull(configure);
        if (entity.Count == 0 || entity.Distinct(StringComparer.Ordinal).Count() != entity.Count)
        {
            throw new MlOpsException(
                ErrorCodes.InvalidConfiguration, $"The feature view '{name}' needs at least one entity column, and each only once.");
        }

        var builder = new FeatureViewBuilder(name);
        configure(builder);
        return builder.Features.Count > 0
            ? new FeatureView(name, [.. entity], source, timestamp, builder)
            : throw new MlOpsException(
                ErrorCodes.InvalidConfiguration, $"The feature view '{name}' defines no feature: add one with Latest, Mean, Sum, Count, Min or Max.");
    }

    /// <summary>Finds a feature or says which one was probably meant.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FeatureNotFound"/>.</exception>
    public FeatureDefinition GetFeature(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_byName.TryGetValue(name, out var feature))
        {
            return feature;
        }

        var nearest = Data.NearestName.Of(name, _byName.Keys);
        throw new MlOpsException(
            ErrorCodes.FeatureNotFound,
            $"The feature view '{Name}' has no feature '{name}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} "
            + $"Its features are: {string.Join(", ", Features.Select(candidate => candidate.Name))}.");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
