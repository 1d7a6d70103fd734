using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
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
        var options = builder.AddMonitoring().Services.AddOptions<ModelMonitorOptions>(model).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.AddSingleton(new MonitoredModel(model));
        return builder;
    }

    /// <summary>Registers the monitor without watching a model yet.</summary>
    /// <param name="builder">The SDK's wiring.</param>
    /// <param name="configure">Sets the buffer between serving and the log.</param>
    public static IMlOpsBuilder AddMonitoring(this IMlOpsBuilder builder, Action<MonitorBufferOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var buffer = services.AddOptions<MonitorBufferOptions>();
        if (configure is not null)
        {
            buffer.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelMonitorOptions>, ModelMonitorOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MonitorBufferOptions>, MonitorBufferOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAdd(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(NullLogger<>)));
        services.TryAddSingleton<WindowDrift>();
        services.TryAddSingleton<WindowJudge>();
        services.TryAddSingleton<IModelMonitor, ModelMonitor>();
        return builder;
    }
}
