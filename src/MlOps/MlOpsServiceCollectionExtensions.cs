using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MlOps;
using MlOps.Tracking;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the MlOps SDK to an application.</summary>
public static class MlOpsServiceCollectionExtensions
{
    /// <summary>Adds all capabilities on embedded stores: SQLite and a local folder, in the workspace folder.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Adds engines, predictors and monitors, or chooses other stores; what it registers comes before the defaults.</param>
    /// <param name="workspacePath">
    /// The folder that holds the workspace; default: <c>MlOps:WorkspacePath</c> of the configuration, else the nearest at or above the current
    /// directory, else a new one in it.
    /// </param>
    /// <returns>The builder, for further extensions.</returns>
    /// <remarks>
    /// Nothing is read or written yet: the folder is found or created when the first service that needs it is asked for, at the latest when
    /// the host starts, and throws then what <see cref="Workspace.Open"/> throws. Options are bound from the sections below <c>MlOps</c> where
    /// the application has a configuration; what code sets comes after it.
    /// </remarks>
    public static IMlOpsBuilder AddMlOps(
        this IServiceCollection services, Action<IMlOpsBuilder>? configure = null, string? workspacePath = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new MlOpsBuilder(services);
        configure?.Invoke(builder);

        builder.AddValidatedOptions<MlOpsOptions, MlOpsOptionsValidator>(
            MlOpsOptions.SectionName,
            static (section, options) => section.Bind(options),
            workspacePath is null ? null : options => options.WorkspacePath = workspacePath);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider =>
            WorkspaceFolder.FindOrCreate(provider.GetRequiredService<IOptions<MlOpsOptions>>().Value.WorkspacePath));
        services.TryAddSingleton<IReproductionWorkspaceFactory, ReproductionWorkspaceFactory>();
        builder.UseSqlite().UseLocalFiles();
        WorkspaceDefaults.Register(services);
        return builder
            .AddData()
            .AddTracking()
            .AddRegistry()
            .AddFeatures()
            .AddPipelines()
            .AddServing()
            .AddMonitoring();
    }
}
