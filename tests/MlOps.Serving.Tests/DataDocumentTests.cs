using Microsoft.Extensions.DependencyInjection;
using MlOps.Registry;
using MlOps.Testing.Tests.Flights;

namespace MlOps.Serving.Tests;

/// <summary>What docs/data.md shows of serving is what is compiled and run.</summary>
public sealed class DataDocumentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_block_of_the_document_is_the_code_that_runs() => Assert.Equal(
        Documents.Source(Path.Combine("tests", "MlOps.Serving.Tests", "DataDocumentTests.cs"), "checkrows"), Documents.Block("checkrows"));

    [Fact]
    public async Task The_predictor_of_the_document_refuses_a_row_that_breaks_a_rule()
    {
        var signature = EchoModel.SignatureOf("distance", "delay");
        var services = new ServiceCollection();
        services.AddSingleton<IModelRuntime>(new EchoRuntime { Signature = signature });
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        var mlops = new Builder(services).UseInMemoryStores().AddRegistry();

        // snippet: checkrows
        mlops.AddPredictor<Flight, double>("models:/delays@champion", predictor => predictor
            .Write("distance", flight => (float)flight.Distance)
            .Read("delay", (float delay) => (double)delay)
            .CheckRows());

        // end
        await using var provider = services.BuildServiceProvider();
        await EchoServices.RegisterAsync(provider, 1, Token, name: "delays", signature: signature);
        await provider.GetRequiredService<ModelRegistry>().MoveAliasAsync("delays", "champion", 1, null, "first", Token);
        var predictor = provider.GetRequiredService<IPredictor<Flight, double>>();
        var flight = new Flight { Date = new(2001, 5, 1, 8, 0, 0, TimeSpan.Zero), Delay = -4, Distance = 2586, Origin = "SFO", Destination = "JFK" };
        Assert.Equal(1.0, (await predictor.PredictAsync(flight, Token)).Value);
        var error = await Assert.ThrowsAsync<MlOpsException>(async () => await predictor.PredictAsync(flight with { Distance = 9000 }, Token));
        Assert.Equal(ErrorCodes.InvalidInput, error.Code);
        Assert.Contains("distance in range [1, 6000]: 9000", error.Message, StringComparison.Ordinal);
    }

    private sealed record Builder(IServiceCollection Services) : IMlOpsBuilder;
}
