using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Registry;

namespace MlOps.Serving.Tests;

public sealed class InputCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_input_is_refused_with_what_is_wrong_and_the_next_is_answered()
    {
        await using var services = await ServeAsync(predictor => predictor.CheckInput(x => x < 0 ? $"x > 0: {x}" : null));
        var predictor = services.GetRequiredService<IPredictor<float, float>>();
        for (var call = 0; call < 3; call++)
        {
            var error = await Assert.ThrowsAsync<MlOpsException>(async () => await predictor.PredictAsync(-1, Token));
            Assert.Equal(ErrorCodes.InvalidInput, error.Code);
            Assert.Equal("models:/echo@champion made no prediction, because the input breaks its rules:\nx > 0: -1", error.Message);
            var answer = await predictor.PredictAsync(1, Token);
            Assert.Equal((1f, (string?)null), (answer.Value, answer.InputProblem));
        }
    }

    [Fact]
    public async Task Of_a_batch_with_wrong_inputs_nothing_is_answered_and_the_first_are_named()
    {
        await using var services = await ServeAsync(predictor => predictor.CheckInput(x => x < 0 ? $"x > 0: {x}\nx is odd" : null));
        var predictor = services.GetRequiredService<IPredictor<float, float>>();
        var error = await Assert.ThrowsAsync<MlOpsException>(async () => await predictor.PredictBatchAsync([1, -2, 3, -4], Token));
        Assert.Equal(
            "models:/echo@champion made no prediction, because 2 of 4 inputs break their rules:\ninput 1: x > 0: -2; x is odd\ninput 3: x > 0: -4; x is odd",
            error.Message);
        error = await Assert.ThrowsAsync<MlOpsException>(async () => await predictor.PredictBatchAsync([.. Enumerable.Repeat(-1f, 100)], Token));
        Assert.EndsWith("input 4: x > 0: -1; x is odd\n…", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await predictor.PredictBatchAsync([1, 2], Token)).Count);
    }

    [Fact]
    public async Task A_flagged_input_is_answered_with_what_is_wrong()
    {
        await using var services = await ServeAsync(predictor => predictor.CheckInput(x => x < 0 ? "negative" : null, InvalidInputHandling.Flag));
        var predictor = services.GetRequiredService<IPredictor<float, float>>();
        Assert.Equal("negative", (await predictor.PredictAsync(-1, Token)).InputProblem);
        Assert.Equal("negative", (await predictor.PredictAsync(-1, Token)).InputProblem);
        Assert.Null((await predictor.PredictAsync(1, Token)).InputProblem);
        Assert.Equal([null, "negative", null], (await predictor.PredictBatchAsync([1, -1, 1], Token)).Select(answer => answer.InputProblem));
        Assert.Equal([1f, 1f], (await predictor.PredictBatchAsync([-1, 1], Token)).Select(answer => answer.Value));
    }

    [Fact]
    public async Task Wrong_inputs_are_counted()
    {
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "mlops.serving.invalid_inputs")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new("mlops.model", "counted")))
            {
                Interlocked.Add(ref counted, value);
            }
        });
        listener.Start();
        var check = new InputCheck<int>(ModelReference.Parse("models:/counted@champion"), x => x < 0 ? "negative" : null, InvalidInputHandling.Flag);
        Assert.Equal("negative", check.Judge(-1));
        Assert.Null(check.Judge(1));
        Assert.Null(check.Judge([1, 2]));
        Assert.NotNull(check.Judge([1, -2, -3]));
        Assert.Equal(3, counted);
    }

    private static async Task<ServiceProvider> ServeAsync(Action<PredictorBuilder<float, float>> configure)
    {
        var services = EchoServices.Create(new EchoRuntime(), predictor: configure);
        await EchoServices.RegisterAsync(services, 1, Token);
        await services.GetRequiredService<ModelRegistry>().MoveAliasAsync("echo", "champion", 1, null, "first", Token);
        return services;
    }
}
