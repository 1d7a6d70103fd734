using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MlOps.LocalFiles;
using MlOps.Sqlite;

namespace MlOps;

/// <summary>Puts the embedded stores into the workspace folder, unless configuration or code puts them elsewhere.</summary>
internal sealed class WorkspaceDefaults(WorkspaceFolder folder) : IConfigureOptions<SqliteOptions>, IConfigureOptions<LocalFilesOptions>
{
    /// <summary>Registers the defaults before everything that configures the stores.</summary>
    public static void Register(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(WorkspaceDefaults)))
        {
            return;
        }

        services.AddSingleton<WorkspaceDefaults>();
        services.Insert(
            0, ServiceDescriptor.Singleton<IConfigureOptions<SqliteOptions>>(provider => provider.GetRequiredService<WorkspaceDefaults>()));
        services.Insert(
            0, ServiceDescriptor.Singleton<IConfigureOptions<LocalFilesOptions>>(provider => provider.GetRequiredService<WorkspaceDefaults>()));
    }

    public void Configure(SqliteOptions options) => options.DatabasePath = folder.DatabasePath;

    public void Configure(LocalFilesOptions options) => options.Folder = folder.Path;
}
