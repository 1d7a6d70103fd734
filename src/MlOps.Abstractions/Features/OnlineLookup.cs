namespace MlOps.Features;

/// <summary>Asks for an entity's rows of a view within a time range.</summary>
/// <param name="View">The view.</param>
/// <param name="Key">The entity's key.</param>
/// <param name="After">Rows after this instant, exclusive; the least instant for no bound.</param>
/// <param name="UpTo">Rows up to this instant, inclusive.</param>
/// <param name="LatestOnly">Only the latest such row.</param>
public readonly record struct OnlineLookup(string View, string Key, DateTimeOffset After, DateTimeOffset UpTo, bool LatestOnly);
