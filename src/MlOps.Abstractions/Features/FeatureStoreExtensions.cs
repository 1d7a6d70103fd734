using MlOps.Data;

namespace MlOps.Features;

/// <summary>The common cases of <see cref="IFeatureStore"/>.</summary>
public static class FeatureStoreExtensions
{
    /// <summary>Writes rows of one view's source to the online store; writing the same rows again changes nothing.</summary>
    /// <returns>How many rows were written.</returns>
    public static Task<long> PushAsync(this IFeatureStore store, FeatureView view, Dataset rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(view);
        return store.PushAsync([view], rows, cancellationToken);
    }
}
