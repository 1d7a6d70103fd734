namespace MlOps.Features;

/// <summary>What is known of an entity since an instant.</summary>
/// <param name="Key">The entity's key.</param>
/// <param name="EventTime">Since when it is known.</param>
/// <param name="Id">Tells apart the rows of one entity and instant; writing the same id again replaces the row, so a replay adds nothing.</param>
/// <param name="Values">The values of the view's source columns, in the view's order.</param>
public sealed record OnlineRow(string Key, DateTimeOffset EventTime, string Id, IReadOnlyList<FeatureValue> Values);
