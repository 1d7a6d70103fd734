namespace MlOps.Features;

/// <summary>Keeps the recent rows of feature views by entity, for lookups at serving time.</summary>
/// <remarks>
/// Safe from many threads and processes. A write is applied as a whole and survives the death of the process when its task completes; whether
/// it survives power loss is for the store to say.
/// </remarks>
public interface IOnlineStore
{
    /// <summary>
    /// Adds rows to views in one transaction: a reader sees all of them or none. Rows of an entity older than its newest by more than the
    /// view's retention may be dropped from then on, and are within a few dozen more writes of the entity.
    /// </summary>
    /// <param name="writes">The rows of each view.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    ValueTask WriteAsync(IReadOnlyList<OnlineWrite> writes, CancellationToken cancellationToken = default);

    /// <summary>Looks up many entities at once; the answers stand in the order of the lookups, each by event time.</summary>
    ValueTask<IReadOnlyList<IReadOnlyList<OnlineRow>>> ReadAsync(
        IReadOnlyList<OnlineLookup> lookups, CancellationToken cancellationToken = default);

    /// <summary>The newest event time that a view holds; null when it is empty.</summary>
    ValueTask<DateTimeOffset?> GetNewestAsync(string view, CancellationToken cancellationToken = default);

    /// <summary>Drops all rows of a view, so that a replay of the past starts from nothing; a view that has none is no error.</summary>
    ValueTask ClearAsync(string view, CancellationToken cancellationToken = default);
}
