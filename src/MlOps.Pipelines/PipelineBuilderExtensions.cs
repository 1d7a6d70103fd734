using Microsoft.Extensions.DependencyInjection.Extensions;
using MlOps;
using MlOps.Pipelines;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds pipelines.</summary>
public static class PipelineBuilderExtensions
{
    /// <summary>Registers <see cref="IPipelineRunner"/> over whatever journal and blob store are registered.</summary>
    public static IMlOpsBuilder AddPipelines(this IMlOpsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IPipelineRunner, PipelineRunner>();
        return builder;
    }
}
