using Microsoft.Extensions.DependencyInjection.Extensions;
using MlOps;
using MlOps.Data;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Pipelines;
using MlOps.Registry;
using MlOps.Storage;
using MlOps.Testing;
using MlOps.Tracking;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps everything in memory, for tests that need no disk.</summary>
public static class InMemoryBuilderExtensions
{
    /// <summary>Registers the in-memory implementation of every store that has none yet.</summary>
    public static IMlOpsBuilder UseInMemoryStores(this IMlOpsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton<InMemoryRunStore>();
        services.TryAddSingleton<InMemoryModelStore>();
        services.TryAddSingleton<IBlobStore, InMemoryBlobStore>();
        services.TryAddSingleton<IDataVersionStore, InMemoryDataVersionStore>();
        services.TryAddSingleton<IRunStore>(provider => provider.GetRequiredService<InMemoryRunStore>());
        services.TryAddSingleton<IRunReader>(provider => provider.GetRequiredService<InMemoryRunStore>());
        services.TryAddSingleton<IModelStore>(provider => provider.GetRequiredService<InMemoryModelStore>());
        services.TryAddSingleton<IAuditLog>(provider => provider.GetRequiredService<InMemoryModelStore>());
        services.TryAddSingleton<IOnlineStore, InMemoryOnlineStore>();
        services.TryAddSingleton<IPipelineStore, InMemoryPipelineStore>();
        services.TryAddSingleton<IPredictionLog, InMemoryPredictionLog>();
        services.TryAddSingleton<IMetricHistory, InMemoryMetricHistory>();
        services.TryAddSingleton<IMonitorStore, InMemoryMonitorStore>();
        return builder;
    }
}
