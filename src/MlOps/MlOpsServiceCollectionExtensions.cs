using Microsoft.Extensions.DependencyInjection.Extensions;
using MlOps;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the MlOps SDK to an application.</summary>
public static class MlOpsServiceCollectionExtensions
{
    /// <summary>Adds all capabilities on embedded stores: SQLite and a local folder, in the workspace folder.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Adds engines, predictors and monitors, or chooses other stores; what it registers comes before the defaults.</param>
    /// <param name="workspacePath">
    /// The folder that holds the workspace; default: the nearest at or above the current directory, else a new one in it.
    /// </param>
    /// <returns>The builder, for further extensions.</returns>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.StorageReadOnly"/>, <see cref="ErrorCodes.WorkspaceNewer"/>, <see cref="ErrorCodes.StorageCorrupt"/>.
    /// </exception>
    public static IMlOpsBuilder AddMlOps(
        this IServiceCollection services, Action<IMlOpsBuilder>? configure = null, string? workspacePath = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new MlOpsBuilder(services);
        configure?.Invoke(builder);

        var folder = WorkspaceFolder.FindOrCreate(workspacePath);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(folder);
        return builder
            .UseSqlite(folder.DatabasePath)
            .UseLocalFiles(folder.Path)
            .AddData()
            .AddTracking()
            .AddRegistry()
            .AddFeatures()
            .AddPipelines()
            .AddServing()
            .AddMonitoring();
    }
}
