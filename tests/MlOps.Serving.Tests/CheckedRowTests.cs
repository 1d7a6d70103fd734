using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Data;
using MlOps.Registry;

namespace MlOps.Serving.Tests;

/// <summary>The attributes of a type judge rows while a model serves, too.</summary>
public sealed partial class CheckedRowTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_breaks_the_rules_of_its_type_is_refused_with_its_violations()
    {
        await using var services = await ServeAsync(InvalidInputHandling.Refuse);
        var predictor = services.GetRequiredService<IPredictor<Trip, float>>();
        var error = await Assert.ThrowsAsync<MlOpsException>(async () => await predictor.PredictAsync(new Trip(7000, "XX"), Token));
        Assert.Equal(ErrorCodes.InvalidInput, error.Code);
        Assert.EndsWith("\nDistance in range [1, 6000]: 7000\nCarrier in {AA, UA}: XX", error.Message, StringComparison.Ordinal);
        Assert.Null((await predictor.PredictAsync(new Trip(700, "AA"), Token)).InputProblem);
    }

    [Fact]
    public async Task A_row_that_breaks_the_rules_of_its_type_is_flagged_where_that_was_chosen()
    {
        await using var services = await ServeAsync(InvalidInputHandling.Flag);
        var answers = await services.GetRequiredService<IPredictor<Trip, float>>().PredictBatchAsync([new Trip(700, "AA"), new Trip(0, "AA")], Token);
        Assert.Equal([null, "Distance in range [1, 6000]: 0"], answers.Select(answer => answer.InputProblem));
    }

    private static async Task<ServiceProvider> ServeAsync(InvalidInputHandling handling)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IModelRuntime>(new EchoRuntime());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        new Builder(services).UseInMemoryStores().AddRegistry().AddPredictor<Trip, float>(
            "models:/echo@champion",
            echo => echo.Write("x", (Trip trip) => (float)trip.Distance).Read("version", (float version) => version).CheckRows(handling));
        var provider = services.BuildServiceProvider();
        await EchoServices.RegisterAsync(provider, 1, Token);
        await provider.GetRequiredService<ModelRegistry>().MoveAliasAsync("echo", "champion", 1, null, "first", Token);
        return provider;
    }

    [CheckedRow]
    public sealed partial record Trip([Range(1, 6000)] double Distance, [AllowedValues("AA", "UA")] string Carrier);

    private sealed record Builder(IServiceCollection Services) : IMlOpsBuilder;
}
