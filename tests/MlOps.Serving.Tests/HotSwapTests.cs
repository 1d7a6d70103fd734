using Microsoft.Extensions.DependencyInjection;
using MlOps.Registry;

namespace MlOps.Serving.Tests;

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
        using var begun = new SemaphoreSlim(0);
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var answers = 0; !stop.IsCancellationRequested; answers++)
            {
                var answer = await predictor.PredictAsync(0);
                Assert.Equal(answer.ModelVersion, answer.Value);
                if (answers == 0)
                {
                    begun.Release();
                }

                // Answers come without waiting: the callers would keep the pool's few threads for themselves.
                await Task.Yield();
            }
        })).ToArray();
        foreach (var _ in callers)
        {
            await begun.WaitAsync(Token);
        }

        var at = 1;
        for (var move = 0; move < 50; move++)
        {
            var next = 1 + ((at + 3) % 10);
            await registry.MoveAliasAsync("echo", "champion", next, at, "swap", Token);
            Assert.Equal(next, await host.RefreshAsync(Token));
            at = next;
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
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

    private static ServiceProvider Services() => EchoServices.Create(new EchoRuntime());

    private static Task RegisterAsync(IServiceProvider services, int version) => EchoServices.RegisterAsync(services, version, Token);
}
