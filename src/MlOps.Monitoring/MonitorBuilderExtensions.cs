using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MlOps;
using MlOps.Monitoring;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Wires the monitoring of served models.</summary>
public static class MonitorBuilderExtensions
{
    /// <summary>Watches a model; one <see cref="IModelMonitor"/> serves all watched models.</summary>
    /// <remarks>Needs the stores (<see cref="IPredictionLog"/>, <see cref="IMonitorStore"/>), the registry and a blob store.</remarks>
    /// <param name="builder">The SDK's wiring.</param>
    /// <param name="model">The registered model's name.</param>
    /// <param name="configure">Sets windows and rules; called again for the same model it adds to what was set.</param>
    public static IMlOpsBuilder AddMonitor(this IMlOpsBuilder builder, string model, Action<ModelMonitorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        builder.AddMonitoring().AddValidatedOptions<ModelMonitorOptions, ModelMonitorOptionsValidator>(
            ModelMonitorOptions.SectionName, Bind, configure, model);
        builder.Services.AddSingleton(new MonitoredModel(model));
        return builder;
    }

    /// <summary>Registers the monitor without watching a model yet.</summary>
    /// <param name="builder">The SDK's wiring.</param>
    /// <param name="configure">Sets the buffer between serving and the log.</param>
    public static IMlOpsBuilder AddMonitoring(this IMlOpsBuilder builder, Action<MonitorBufferOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddValidatedOptions<MonitorBufferOptions, MonitorBufferOptionsValidator>(
            MonitorBufferOptions.SectionName, static (section, options) => section.Bind(options), configure);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAdd(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(NullLogger<>)));
        services.TryAddSingleton<WindowDrift>();
        services.TryAddSingleton<WindowJudge>();
        services.TryAddSingleton<IModelMonitor, ModelMonitor>();
        return builder;
    }

    private static void Bind(IConfigurationSection section, ModelMonitorOptions options)
    {
        section.Bind(options);
        // What is set only when a record is made, the generated binding leaves alone.
        var (drift, limits) = (section.GetSection(nameof(options.Drift)), options.Drift);
        options.Drift = limits with
        {
            Alpha = drift.GetValue(nameof(limits.Alpha), limits.Alpha),
            MinimumEffect = drift.GetValue(nameof(limits.MinimumEffect), limits.MinimumEffect),
            MinimumSpreadChange = drift.GetValue(nameof(limits.MinimumSpreadChange), limits.MinimumSpreadChange),
            MinimumRepeatedValueChange = drift.GetValue(nameof(limits.MinimumRepeatedValueChange), limits.MinimumRepeatedValueChange),
            MinimumShare = drift.GetValue(nameof(limits.MinimumShare), limits.MinimumShare),
            MinimumMissingRateFactor = drift.GetValue(nameof(limits.MinimumMissingRateFactor), limits.MinimumMissingRateFactor),
            MinimumMissingRateChange = drift.GetValue(nameof(limits.MinimumMissingRateChange), limits.MinimumMissingRateChange),
            Correction = drift.GetValue(nameof(limits.Correction), limits.Correction),
        };
    }
}
