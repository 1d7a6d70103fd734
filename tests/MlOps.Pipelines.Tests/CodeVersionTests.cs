using MlOps.Testing;

namespace MlOps.Pipelines.Tests;

public sealed class CodeVersionTests
{
    [Fact]
    public async Task Equal_code_has_an_equal_version_wherever_it_stands()
    {
        Assert.Equal(await VersionOfAsync((_, input) => Task.FromResult(new Number(input.Value + 1))), await VersionOfAsync((_, input) => Task.FromResult(new Number(input.Value + 1))));
        Assert.Equal(await VersionOfAsync(Direct), await VersionOfAsync(Direct));
    }

    [Fact]
    public async Task Another_constant_another_callee_or_another_state_machine_changes_the_version()
    {
        var versions = new[]
        {
            await VersionOfAsync((_, input) => Task.FromResult(new Number(input.Value + 1))),
            await VersionOfAsync((_, input) => Task.FromResult(new Number(input.Value + 2))),
            await VersionOfAsync((_, input) => Task.FromResult(new Number(One(input.Value)))),
            await VersionOfAsync((_, input) => Task.FromResult(new Number(Two(input.Value)))),
            await VersionOfAsync(async (_, input) =>
            {
                await Task.Yield();
                return new Number(input.Value + 1);
            }),
            await VersionOfAsync(async (_, input) =>
            {
                await Task.Yield();
                return new Number(input.Value + 2);
            }),
        };
        Assert.Equal(versions.Length, versions.Distinct().Count());
    }

    private static double One(double value) => Deeper(value, 1);

    private static double Two(double value) => Deeper(value, 2);

    private static double Deeper(double value, int by) => value * by;

    private static Task<Number> Direct(StepContext context, Number input) => Task.FromResult(input);

    private static async Task<string> VersionOfAsync(Func<StepContext, Number, Task<Number>> code)
    {
        var pipeline = Pipeline.Define<Number, Number>("p", NumbersJson.Default, p => p.Step("s", code, p.Input));
        var runner = new PipelineRunner(new InMemoryPipelineStore(), new InMemoryBlobStore(), TimeProvider.System);
        return (await runner.RunAsync(pipeline, new Number(1), cancellationToken: TestContext.Current.CancellationToken)).Steps[0].KeyParts["code"];
    }
}
