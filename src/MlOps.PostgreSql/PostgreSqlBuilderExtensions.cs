using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MlOps;
using MlOps.PostgreSql;
using MlOps.Sql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps all metadata in a PostgreSQL database.</summary>
public static class PostgreSqlBuilderExtensions
{
    /// <summary>Keeps the metadata of all domains, from runs to monitoring, in a database, where no other store is registered.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">How the server is reached, in Npgsql's words; the tables lie in the schema <c>mlops</c>.</param>
    public static IMlOpsBuilder UsePostgreSql(this IMlOpsBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UsePostgreSql(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps the metadata of all domains, from runs to monitoring, in a database, where no other store is registered.</summary>
    /// <remarks>
    /// PostgreSQL 13 or later. A confirmed write survives the death of the process, of the server and power loss; predictions and online
    /// features, which are written in bulk, survive the death of the process, and that of the server but for the last moments before it.
    /// A run at work outlasts a server that is restarted: its events wait and are sent again.
    /// </remarks>
    public static IMlOpsBuilder UsePostgreSql(this IMlOpsBuilder builder, Action<PostgreSqlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddValidatedOptions<PostgreSqlOptions, PostgreSqlOptionsValidator>(
            PostgreSqlOptions.SectionName, static (section, options) => section.Bind(options), configure);
        builder.Services.TryAddSingleton<SqlDatabase>(
            provider => new PostgreSqlDatabase(provider.GetRequiredService<IOptions<PostgreSqlOptions>>().Value));
        SqlStores.Register(builder.Services);
        return builder;
    }
}
