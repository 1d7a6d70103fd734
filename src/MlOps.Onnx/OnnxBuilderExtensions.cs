using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MlOps;
using MlOps.Onnx;
using MlOps.Serving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the ONNX engine to the SDK.</summary>
public static class OnnxBuilderExtensions
{
    /// <summary>Registers the engine that serves models of the flavor <c>onnx</c>.</summary>
    public static IMlOpsBuilder UseOnnx(this IMlOpsBuilder builder, Action<OnnxOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddValidatedOptions<OnnxOptions, OnnxOptionsValidator>(
            OnnxOptions.SectionName, static (section, options) => section.Bind(options), configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelRuntime, OnnxRuntime>());
        return builder;
    }
}
