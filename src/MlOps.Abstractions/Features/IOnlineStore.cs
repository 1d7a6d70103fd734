namespace MlOps.Features;

/// <summary>Keeps the recent rows of feature views by entity, for lookups at serving time.</summary>
/// <remarks>Safe from many threads and processes; a write is durable when its task completes and is applied as a whole.</remarks>
public interface IOnlineStore
{
    /// <summary>Adds rows to a view; rows of an entity older than its newest by more than the retention are dropped.</summary>
    /// <param name="view">The view.</param>
    /// <param name="rows">The rows, in any order; a row with the key, event time and id of an older one replaces it.</param>
    /// <param name="retention">
    /// How long before an entity's newest row older rows are kept; zero keeps only the newest, and an older event never replaces a newer one.
    /// </param>
    /// <param name="cancellationToken">Stops the wait.</param>
    ValueTask WriteAsync(string view, IReadOnlyList<OnlineRow> rows, TimeSpan retention, CancellationToken cancellationToken = default);

    /// <summary>Looks up many entities at once; the answers stand in the order of the lookups, each by event time.</summary>
    ValueTask<IReadOnlyList<IReadOnlyList<OnlineRow>>> ReadAsync(
        IReadOnlyList<OnlineLookup> lookups, CancellationToken cancellationToken = default);

    /// <summary>The newest event time that a view holds; null when it is empty.</summary>
    ValueTask<DateTimeOffset?> GetNewestAsync(string view, CancellationToken cancellationToken = default);
}
