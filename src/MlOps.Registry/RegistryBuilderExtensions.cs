using Microsoft.Extensions.DependencyInjection.Extensions;
using MlOps;
using MlOps.Registry;
using MlOps.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the model registry to the SDK.</summary>
public static class RegistryBuilderExtensions
{
    /// <summary>Registers <see cref="IModelRegistry"/> over the model store, audit log and blob store that a provider registers.</summary>
    public static IMlOpsBuilder AddRegistry(this IMlOpsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(provider => new ModelRegistry(
            provider.GetRequiredService<IModelStore>(),
            provider.GetRequiredService<IAuditLog>(),
            provider.GetRequiredService<IBlobStore>(),
            provider.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton<IModelRegistry>(provider => provider.GetRequiredService<ModelRegistry>());
        return builder;
    }
}
