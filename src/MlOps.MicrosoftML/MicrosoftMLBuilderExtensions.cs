using Microsoft.Extensions.DependencyInjection.Extensions;
using MlOps;
using MlOps.MicrosoftML;
using MlOps.Serving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the ML.NET engine to the SDK.</summary>
public static class MicrosoftMLBuilderExtensions
{
    /// <summary>Registers the engine that serves models of the flavor <c>mlnet</c>.</summary>
    public static IMlOpsBuilder UseMicrosoftML(this IMlOpsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelRuntime, MicrosoftMLRuntime>());
        return builder;
    }
}
