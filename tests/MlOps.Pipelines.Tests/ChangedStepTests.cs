using MlOps.Testing;

namespace MlOps.Pipelines.Tests;

/// <summary>A pipeline whose steps changed since its last run: what depends on the change runs again and says so, the rest does not.</summary>
public sealed class ChangedStepTests
{
    private readonly InMemoryPipelineStore _store = new();
    private readonly InMemoryBlobStore _blobs = new();

    [Fact]
    public async Task Other_code_runs_again_and_what_depends_on_its_value_too()
    {
        await RunAsync((_, input) => Task.FromResult(new Number(input.Value * 2)));

        var changed = await RunAsync((_, input) => Task.FromResult(new Number(input.Value * 3)));

        Assert.Equal(
            ["scale: Executed, code changed", "beside: Cached", "sum: Executed, input 'scale' changed"], changed);
    }

    [Fact]
    public async Task Other_code_with_the_same_value_stops_the_change_where_it_is()
    {
        await RunAsync((_, input) => Task.FromResult(new Number(input.Value * 2)));

        var changed = await RunAsync((_, input) => Task.FromResult(new Number(input.Value + input.Value)));

        Assert.Equal(["scale: Executed, code changed", "beside: Cached", "sum: Cached"], changed);
    }

    [Fact]
    public async Task A_dependency_more_runs_the_step_again_and_is_named()
    {
        await RunAsync((_, input) => Task.FromResult(new Number(input.Value * 2)));

        var changed = await RunAsync((_, input) => Task.FromResult(new Number(input.Value * 2)), third: true);

        Assert.Equal(["scale: Cached", "beside: Cached", "sum: Executed, code changed, the pipeline's input is new"], changed);
    }

    private async Task<IEnumerable<string>> RunAsync(Func<StepContext, Number, Task<Number>> scale, bool third = false)
    {
        var pipeline = Pipeline.Define<Number, Number>("changing", NumbersJson.Default, p =>
        {
            var scaled = p.Step("scale", scale, p.Input);
            var beside = p.Step("beside", (_, input) => Task.FromResult(new Number(input.Value - 1)), p.Input);
            return third
                ? p.Step("sum", (_, a, b, c) => Task.FromResult(new Number(a.Value + b.Value + c.Value)), scaled, beside, p.Input)
                : p.Step("sum", (_, a, b) => Task.FromResult(new Number(a.Value + b.Value)), scaled, beside);
        });
        var result = await new PipelineRunner(_store, _blobs, TimeProvider.System)
            .RunAsync(pipeline, new Number(3), cancellationToken: TestContext.Current.CancellationToken);
        return result.Steps.Select(step => step.Outcome == StepOutcome.Cached ? $"{step.Step}: Cached" : $"{step.Step}: {step.Outcome}, {step.Reason}");
    }
}
