using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MlOps.Data;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Pipelines;
using MlOps.Registry;
using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>Registers the stores of all domains on the registered <see cref="SqlDatabase"/>, where no other store is registered.</summary>
internal static class SqlStores
{
    public static void Register(IServiceCollection services)
    {
        services.TryAddSingleton<SqlRunStore>();
        services.TryAddSingleton<SqlModelStore>();
        services.TryAddSingleton<IRunStore>(provider => provider.GetRequiredService<SqlRunStore>());
        services.TryAddSingleton<IRunReader>(provider => provider.GetRequiredService<SqlRunStore>());
        services.TryAddSingleton<IModelStore>(provider => provider.GetRequiredService<SqlModelStore>());
        services.TryAddSingleton<IAuditLog>(provider => provider.GetRequiredService<SqlModelStore>());
        services.TryAddSingleton<IDataVersionStore, SqlDataVersionStore>();
        services.TryAddSingleton<IOnlineStore, SqlOnlineStore>();
        services.TryAddSingleton<IPipelineStore, SqlPipelineStore>();
        services.TryAddSingleton<IPredictionLog, SqlPredictionLog>();
        services.TryAddSingleton<IMetricHistory, SqlMetricHistory>();
        services.TryAddSingleton<IMonitorStore, SqlMonitorStore>();
    }
}
