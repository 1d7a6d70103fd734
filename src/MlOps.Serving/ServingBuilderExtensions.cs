using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MlOps;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Registry;
using MlOps.Serving;
using MlOps.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds serving to the SDK.</summary>
public static class ServingBuilderExtensions
{
    /// <summary>Adds what serves without a predictor of its own: <see cref="IModelScorer"/>.</summary>
    public static IMlOpsBuilder AddServing(this IMlOpsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddHosts(builder);
        return builder;
    }

    /// <summary>Sets how models are held and followed.</summary>
    public static IMlOpsBuilder ConfigureServing(this IMlOpsBuilder builder, Action<ServingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        AddHosts(builder, configure);
        return builder;
    }

    /// <summary>Registers an <see cref="IPredictor{TIn, TOut}"/> and the <see cref="IModelHost"/> of its reference, both also keyed by the reference as given.</summary>
    /// <param name="builder">The SDK's builder.</param>
    /// <param name="modelReference">What it follows, such as <c>models:/credit@champion</c>; the model is loaded at the first prediction.</param>
    /// <param name="configure">Binds input and output.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>, <see cref="ErrorCodes.InvalidConfiguration"/>.</exception>
    public static IMlOpsBuilder AddPredictor<TIn, TOut>(
        this IMlOpsBuilder builder, string modelReference, Action<PredictorBuilder<TIn, TOut>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var reference = ModelReference.Parse(modelReference);
        var plan = new PredictorBuilder<TIn, TOut>();
        configure(plan);
        var definition = plan.Build(reference.ToString());

        AddHosts(builder);
        builder.Services.TryAddKeyedSingleton<IModelHost>(
            modelReference, (services, _) => services.GetRequiredService<ModelHosts>().Get(reference));
        builder.Services.TryAddKeyedSingleton<IPredictor<TIn, TOut>>(modelReference, (services, _) => Create(services, reference, definition));
        builder.Services.TryAddSingleton(services => services.GetRequiredKeyedService<IPredictor<TIn, TOut>>(modelReference));
        return builder;
    }

    private static void AddHosts(IMlOpsBuilder builder, Action<ServingOptions>? configure = null)
    {
        builder.AddValidatedOptions<ServingOptions, ServingOptionsValidator>(
            ServingOptions.SectionName, static (section, options) => section.Bind(options), configure);
        var services = builder.Services;
        services.TryAddSingleton(provider => new ModelHosts(
            provider.GetRequiredService<IModelRegistry>(),
            provider.GetRequiredService<IBlobStore>(),
            provider.GetServices<IModelRuntime>(),
            provider.GetRequiredService<IOptions<ServingOptions>>(),
            provider.GetService<TimeProvider>(),
            provider.GetService<ILoggerFactory>()));
        services.TryAddSingleton<IModelScorer, ModelScorer>();
    }

    private static ModelPredictor<TIn, TOut> Create<TIn, TOut>(
        IServiceProvider services, ModelReference reference, PredictorDefinition<TIn, TOut> definition)
    {
        var hosts = services.GetRequiredService<ModelHosts>();
        var store = definition.Features is null
            ? null
            : services.GetService<IFeatureStore>() ?? throw new MlOpsException(
                ErrorCodes.InvalidConfiguration,
                $"The predictor of {reference} uses the features of '{definition.Features.Name}', but no feature store is registered: add the package MlOps.Features.");
        return new ModelPredictor<TIn, TOut>(definition, hosts.Get(reference), hosts, store, services.GetService<IModelMonitor>());
    }
}
