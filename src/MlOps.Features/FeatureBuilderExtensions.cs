using Microsoft.Extensions.DependencyInjection.Extensions;
using MlOps;
using MlOps.Features;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the feature store.</summary>
public static class FeatureBuilderExtensions
{
    /// <summary>Registers <see cref="IFeatureStore"/> over whatever <see cref="IOnlineStore"/> is registered.</summary>
    public static IMlOpsBuilder AddFeatures(this IMlOpsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<IFeatureStore, FeatureStore>();
        return builder;
    }
}
