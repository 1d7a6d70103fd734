using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MlOps;
using MlOps.Data;
using MlOps.Storage;
using MlOps.Tracking;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds experiment tracking to the SDK.</summary>
public static class TrackingBuilderExtensions
{
    /// <summary>Registers <see cref="IExperimentTracker"/> over the run store and blob store that a provider registers.</summary>
    public static IMlOpsBuilder AddTracking(this IMlOpsBuilder builder, Action<TrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddValidatedOptions<TrackingOptions, TrackingOptionsValidator>(
            TrackingOptions.SectionName, static (section, options) => section.Bind(options), configure);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new ExperimentTracker(
            provider.GetRequiredService<IRunStore>(),
            provider.GetRequiredService<IRunReader>(),
            provider.GetRequiredService<IBlobStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<TrackingOptions>>().Value,
            provider.GetService<ILogger<ExperimentTracker>>(),
            provider.GetService<IConfiguration>()));
        services.TryAddSingleton<IExperimentTracker>(provider => provider.GetRequiredService<ExperimentTracker>());
        services.TryAddSingleton(provider => new RunReproducer(
            provider.GetRequiredService<IExperimentTracker>(),
            provider.GetRequiredService<IDataVersionStore>(),
            provider.GetRequiredService<IBlobStore>(),
            provider.GetRequiredService<IReproductionWorkspaceFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<TrackingOptions>>().Value));
        return builder;
    }
}
