using Microsoft.Extensions.DependencyInjection;
using MlOps.Registry;

namespace MlOps.Serving.Tests;

public sealed class FaultTests
{
    private readonly EchoRuntime _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData((int)EchoLoading.Throws, ErrorCodes.ModelLoadFailed, "the weights are damaged")]
    [InlineData((int)EchoLoading.GivesAnotherSignature, ErrorCodes.SignatureMismatch, "'y'")]
    public async Task A_version_that_cannot_be_served_leaves_the_old_one_answering_under_load(int loading, string code, string reason)
    {
        await using var services = EchoServices.Create(_runtime);
        var registry = services.GetRequiredService<ModelRegistry>();
        var predictor = services.GetRequiredService<IPredictor<float, float>>();
        var host = services.GetRequiredKeyedService<IModelHost>("models:/echo@champion");
        await EchoServices.RegisterAsync(services, 1, Token);
        await EchoServices.RegisterAsync(services, 2, Token, (EchoLoading)loading);
        await EchoServices.RegisterAsync(services, 3, Token);
        await registry.MoveAliasAsync("echo", "champion", 1, null, "first", Token);
        await predictor.PredictAsync(0, Token);
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var versions = new HashSet<int>();
            do
            {
                versions.Add((await predictor.PredictAsync(0)).ModelVersion);
                await Task.Yield();
            }
            while (!stop.IsCancellationRequested);
            return versions;
        })).ToArray();

        await registry.MoveAliasAsync("echo", "champion", 2, 1, "a bad one", Token);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var error = await Assert.ThrowsAsync<MlOpsException>(() => host.RefreshAsync(Token));
            Assert.Equal(code, error.Code);
            Assert.Contains("models:/echo/2", error.Message, StringComparison.Ordinal);
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            Assert.Equal(1, host.Version);
        }

        await registry.MoveAliasAsync("echo", "champion", 3, 2, "a good one", Token);
        Assert.Equal(3, await host.RefreshAsync(Token));
        Assert.Equal(3, (await predictor.PredictAsync(0, Token)).ModelVersion);
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(callers), versions => Assert.DoesNotContain(2, versions));
    }

    [Fact]
    public async Task What_an_engine_throws_reaches_the_caller_and_its_lane_serves_on()
    {
        await using var services = await ServeAsync(options => options.MaxLanes = 1);
        var predictor = services.GetRequiredService<IPredictor<float, float>>();
        for (var call = 0; call < 3; call++)
        {
            await Assert.ThrowsAsync<ArithmeticException>(async () => await predictor.PredictAsync(float.NaN, Token));
            await Assert.ThrowsAsync<ArithmeticException>(async () => await predictor.PredictBatchAsync([1, float.NaN], Token));
        }

        Assert.Equal(1, (await predictor.PredictAsync(0, Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token)).Value);
        Assert.Equal([1f, 1f], (await predictor.PredictBatchAsync([0, 0], Token)).Select(answer => answer.Value));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_for_a_lane_takes_none()
    {
        await using var services = await ServeAsync(options => options.MaxLanes = 1);
        var predictor = services.GetRequiredService<IPredictor<float, float>>();
        var holder = Task.Run(async () => await predictor.PredictAsync(float.PositiveInfinity), Token);
        _runtime.Running.Wait(Token);
        using var cancel = new CancellationTokenSource();
        var waiting = predictor.PredictAsync(0, cancel.Token).AsTask();
        Assert.False(waiting.IsCompleted);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await predictor.PredictAsync(0, cancel.Token));

        _runtime.Gate.Set();
        Assert.Equal(1, (await holder).Value);
        Assert.Equal(1, (await predictor.PredictAsync(0, Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token)).Value);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_the_first_version_loads_leaves_the_next_to_load_it()
    {
        await using var services = await ServeAsync(loading: EchoLoading.WaitsForRelease);
        var predictor = services.GetRequiredService<IPredictor<float, float>>();
        using var cancel = new CancellationTokenSource();
        var first = predictor.PredictAsync(0, cancel.Token).AsTask();
        var second = predictor.PredictAsync(0, Token).AsTask();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(second.IsCompleted);

        _runtime.ReleaseLoads();
        Assert.Equal(1, (await second).Value);
    }

    private async Task<ServiceProvider> ServeAsync(Action<ServingOptions>? configure = null, EchoLoading loading = EchoLoading.Works)
    {
        var services = EchoServices.Create(_runtime, configure);
        await EchoServices.RegisterAsync(services, 1, Token, loading);
        await services.GetRequiredService<ModelRegistry>().MoveAliasAsync("echo", "champion", 1, null, "first", Token);
        return services;
    }
}
