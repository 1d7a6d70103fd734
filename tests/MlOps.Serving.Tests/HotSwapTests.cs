using Microsoft.Extensions.DependencyInjection;
using MlOps.Registry;
using MlOps.Storage;

namespace MlOps.Serving.Tests;

/// <summary>A model whose answer is its own version: an answer that does not fit the version that it names would come from a mix.</summary>
public sealed class HotSwapTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_call_fails_and_no_answer_is_mixed_while_the_alias_moves()
    {
        await using var services = Services();
        var registry = services.GetRequiredService<ModelRegistry>();
        for (var version = 1; version <= 10; version++)
        {
            await RegisterAsync(services, version);
        }

        await registry.MoveAliasAsync("echo", "champion", 1, null, "first", Token);
        var predictor = services.GetRequiredService<IPredictor<float, float>>();
        var host = services.GetRequiredKeyedService<IModelHost>("models:/echo@champion");
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var answers = 0;
            while (!stop.IsCancellationRequested)
            {
                var answer = await predictor.PredictAsync(0);
                Assert.Equal(answer.ModelVersion, answer.Value);
                answers++;
            }

            return answers;
        })).ToArray();

        var at = 1;
        for (var move = 0; move < 50; move++)
        {
            var next = 1 + ((at + 3) % 10);
            await registry.MoveAliasAsync("echo", "champion", next, at, "swap", Token);
            Assert.Equal(next, await host.RefreshAsync(Token));
            at = next;
        }

        await stop.CancelAsync();
        var counts = await Task.WhenAll(callers);
        Assert.All(counts, count => Assert.True(count > 0));
        Assert.Equal(at, (await predictor.PredictAsync(0, Token)).ModelVersion);
    }

    [Fact]
    public async Task An_alias_that_is_not_set_is_named()
    {
        await using var services = Services();
        var error = await Assert.ThrowsAsync<MlOpsException>(
            async () => await services.GetRequiredService<IPredictor<float, float>>().PredictAsync(0, Token));

        Assert.Equal(ErrorCodes.ModelNotFound, error.Code);
        Assert.Contains("champion", error.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services()
    {
        var builder = new Builder();
        builder.Services.AddSingleton<IModelRuntime, EchoRuntime>();
        builder.UseInMemoryStores().AddRegistry().AddPredictor<float, float>(
            "models:/echo@champion", predictor => predictor.Write("x", (float x) => x).Read("version", (float version) => version));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddLogging();
        return builder.Services.BuildServiceProvider();
    }

    private static async Task RegisterAsync(IServiceProvider services, int version)
    {
        var package = new ModelPackageBuilder(services.GetRequiredService<IBlobStore>());
        await package.AddFileAsync("version", new[] { (byte)version }, Token);
        await services.GetRequiredService<ModelRegistry>().RegisterAsync(
            new ModelRegistration { Name = "echo", Package = package.Build("echo", "version", EchoModel.TheSignature) }, Token);
    }

    private sealed class Builder : IMlOpsBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }

    private sealed class EchoRuntime : IModelRuntime
    {
        public string Flavor => "echo";

        public async Task<IModel> LoadAsync(ModelPackageReader package, CancellationToken cancellationToken = default)
        {
            await using var stream = await package.OpenAsync("version", cancellationToken);
            return new EchoModel(stream.ReadByte());
        }
    }

    private sealed class EchoModel(int version) : IModel
    {
        private volatile bool _disposed;

        public static ModelSignature TheSignature { get; } = new()
        {
            Inputs = [new TensorSpec { Name = "x", ElementType = TensorElementType.Float32 }],
            Outputs = [new TensorSpec { Name = "version", ElementType = TensorElementType.Float32 }],
        };

        public ModelSignature Signature => TheSignature;

        public IModelSession CreateSession(int maxBatchSize) => new Session(this, maxBatchSize);

        public ValueTask DisposeAsync()
        {
            _disposed = true;
            return ValueTask.CompletedTask;
        }

        private sealed class Session(EchoModel model, int maxBatchSize) : IModelSession
        {
            public int MaxBatchSize => maxBatchSize;

            public IReadOnlyList<ModelTensor> Inputs { get; } = [new ModelTensor<float>(TheSignature.Inputs[0], new float[maxBatchSize])];

            public IReadOnlyList<ModelTensor> Outputs { get; } = [new ModelTensor<float>(TheSignature.Outputs[0], new float[maxBatchSize])];

            public void Run(int rows)
            {
                ObjectDisposedException.ThrowIf(model._disposed, model);
                Outputs[0].AsSpan<float>()[..rows].Fill(model.Version);
            }

            public void Dispose()
            {
            }
        }

        private int Version => version;
    }
}
