using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MlOps;
using MlOps.Sql;
using MlOps.Sqlite;

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
        SqlStores.Register(services);
        return builder;
    }
}
