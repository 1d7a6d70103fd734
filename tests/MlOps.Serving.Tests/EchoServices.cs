using Microsoft.Extensions.DependencyInjection;
using MlOps.Registry;
using MlOps.Storage;

namespace MlOps.Serving.Tests;

/// <summary>A predictor over <see cref="EchoModel"/>, and its versions.</summary>
internal static class EchoServices
{
    public static ServiceProvider Create(EchoRuntime runtime, Action<ServingOptions>? configure = null, Action<PredictorBuilder<float, float>>? predictor = null)
    {
        var builder = new Builder();
        builder.Services.AddSingleton<IModelRuntime>(runtime);
        builder.UseInMemoryStores().AddRegistry().AddPredictor<float, float>(
            "models:/echo@champion",
            echo =>
            {
                echo.Write("x", (float x) => x).Read("version", (float version) => version);
                predictor?.Invoke(echo);
            });
        builder.Services.Configure(configure ?? (_ => { }));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddLogging();
        return builder.Services.BuildServiceProvider();
    }

    /// <summary>Registers the next version, whose package holds its number and how loading it goes.</summary>
    public static async Task RegisterAsync(
        IServiceProvider services,
        int version,
        CancellationToken cancellationToken,
        EchoLoading loading = EchoLoading.Works,
        string name = "echo",
        ModelSignature? signature = null)
    {
        var package = new ModelPackageBuilder(services.GetRequiredService<IBlobStore>());
        await package.AddFileAsync("version", new[] { (byte)version, (byte)loading }, cancellationToken);
        await services.GetRequiredService<ModelRegistry>().RegisterAsync(
            new ModelRegistration { Name = name, Package = package.Build("echo", "version", signature ?? EchoModel.TheSignature) }, cancellationToken);
    }

    private sealed class Builder : IMlOpsBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
