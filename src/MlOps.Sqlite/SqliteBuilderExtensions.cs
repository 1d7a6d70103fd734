using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MlOps;
using MlOps.Data;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Pipelines;
using MlOps.Registry;
using MlOps.Sqlite;
using MlOps.Tracking;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps all metadata in one SQLite file.</summary>
public static class SqliteBuilderExtensions
{
    /// <summary>Keeps runs, data versions, metric histories, models, features, pipelines and monitoring in a database file, where no other store is registered.</summary>
    public static IMlOpsBuilder UseSqlite(this IMlOpsBuilder builder, string databasePath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(databasePath);
        return builder.UseSqlite(options => options.DatabasePath = databasePath);
    }

    /// <summary>Keeps runs, data versions, metric histories, models, features, pipelines and monitoring in a database file, where no other store is registered.</summary>
    /// <remarks>
    /// A confirmed write survives the death of the process and power loss; predictions and online features, which are written in bulk, survive
    /// the death of the process, and power loss but for the last moments before it: the file itself is never damaged by either.
    /// </remarks>
    public static IMlOpsBuilder UseSqlite(this IMlOpsBuilder builder, Action<SqliteOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddValidatedOptions<SqliteOptions, SqliteOptionsValidator>(
            SqliteOptions.SectionName, static (section, options) => section.Bind(options), configure);
        var services = builder.Services;
        services.TryAddSingleton<SqlDatabase>(provider => new SqliteDatabase(
            provider.GetRequiredService<IOptions<SqliteOptions>>().Value, provider.GetService<TimeProvider>() ?? TimeProvider.System));
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
        return builder;
    }
}
