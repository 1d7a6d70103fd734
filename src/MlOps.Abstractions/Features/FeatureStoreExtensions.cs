using MlOps.Data;

namespace MlOps.Features;

/// <summary>The common cases of <see cref="IFeatureStore"/>.</summary>
public static class FeatureStoreExtensions
{
    /// <summary>Looks up and computes the features of one request.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>: the request lacks a key or a value.</exception>
    public static async ValueTask<FeatureVector> GetOnlineAsync(
        this IFeatureStore store, FeatureService service, FeatureRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        var vectors = await store.GetOnlineAsync(service, [request], cancellationToken).ConfigureAwait(false);
        return vectors[0];
    }

    /// <summary>Writes rows of one view's source to the online store; writing the same rows again changes nothing.</summary>
    /// <returns>How many rows were written.</returns>
    public static Task<long> PushAsync(this IFeatureStore store, FeatureView view, Dataset rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(view);
        return store.PushAsync([view], rows, cancellationToken);
    }
}
