using MlOps.Data;

namespace MlOps.Features;

/// <summary>Serves features defined once: point in time for training, from the online store for a running model.</summary>
/// <remarks>Safe to call from many threads. Online rows survive what the online store says when the task of the write completes.</remarks>
public interface IFeatureStore
{
    /// <summary>Joins features to events, each as of its own time: every spine row comes out exactly once, in order, missing where nothing matches.</summary>
    /// <returns>The kept columns and the features, in memory and re-readable; numbers as double, text as string.</returns>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FeatureSourceMissing"/>, <see cref="ErrorCodes.ColumnNotFound"/>, <see cref="ErrorCodes.ColumnType"/>.</exception>
    Task<Dataset> GetHistoricalAsync(HistoricalFeatureRequest request, CancellationToken cancellationToken = default);

    /// <summary>Looks up and computes the features of requests, with one lookup of the online store for all of them.</summary>
    /// <returns>One vector a request, in the requests' order.</returns>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>: a request lacks a key or a value.</exception>
    ValueTask<IReadOnlyList<FeatureVector>> GetOnlineAsync(
        FeatureService service, IReadOnlyList<FeatureRequest> requests, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes rows of a source to the online store, for each view that reads it: up to 10,000 rows become visible together, in all views.
    /// Writing the same rows again changes nothing.
    /// </summary>
    /// <returns>How many rows were written, over all views.</returns>
    Task<long> PushAsync(IReadOnlyList<FeatureView> views, Dataset rows, CancellationToken cancellationToken = default);

    /// <summary>Writes the part of a source that the online store does not hold yet.</summary>
    /// <param name="view">The view.</param>
    /// <param name="source">Its offline source.</param>
    /// <param name="from">The first event time, inclusive; null starts at the newest that the online store holds.</param>
    /// <param name="to">The last event time, inclusive.</param>
    /// <param name="cancellationToken">Stops between batches; what is written stays.</param>
    /// <returns>How many rows were written.</returns>
    Task<long> MaterializeAsync(
        FeatureView view, Dataset source, DateTimeOffset? from, DateTimeOffset to, CancellationToken cancellationToken = default);

    /// <summary>Counts the spine rows whose features would differ in a careless join.</summary>
    Task<LeakageAudit> AuditLeakageAsync(HistoricalFeatureRequest request, CancellationToken cancellationToken = default);
}
