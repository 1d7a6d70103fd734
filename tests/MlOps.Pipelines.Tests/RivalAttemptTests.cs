using System.Text;
using MlOps.Storage;
using MlOps.Testing;

namespace MlOps.Pipelines.Tests;

/// <summary>Two attempts of one step: a worker that was thought dead comes back and publishes first.</summary>
public sealed class RivalAttemptTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_value_that_was_published_first_is_the_one_that_everybody_sees()
    {
        var blobs = new InMemoryBlobStore();
        var rival = await blobs.PutAsync(new MemoryStream(Encoding.UTF8.GetBytes("""{"Value":100}""")), Token);
        var store = new RivalStore(new InMemoryPipelineStore(), "double", rival.Hash);
        var pipeline = Pipeline.Define<Number, Number>("rival", NumbersJson.Default, p =>
        {
            var doubled = p.Step("double", (_, input) => Task.FromResult(new Number(2 * input.Value)), p.Input);
            return p.Step("add", (_, input) => Task.FromResult(new Number(input.Value + 1)), doubled);
        });

        var result = await new PipelineRunner(store, blobs, TimeProvider.System).RunAsync(pipeline, new Number(3), cancellationToken: Token);

        Assert.Equal(101, result.Value.Value);
        Assert.Equal(rival.Hash, result.Steps[0].Output);
        var kept = Assert.Single(await store.ListStepsAsync(result.RunId, Token), step => step.Step == "double");
        Assert.Equal((rival.Hash, "the rival"), (kept.Output, kept.Reason));
        Assert.Equal(rival.Hash.Value, result.Steps[1].KeyParts["input 'double'"]);
    }

    private sealed class RivalStore(IPipelineStore store, string step, ContentHash output) : IPipelineStore
    {
        public async Task<bool> PublishAsync(StepRecord record, CancellationToken cancellationToken = default)
        {
            if (record.Step == step)
            {
                Assert.True(await store.PublishAsync(record with { Output = output, Reason = "the rival" }, cancellationToken));
            }

            return await store.PublishAsync(record, cancellationToken);
        }

        public Task SaveRunAsync(PipelineRunInfo run, CancellationToken cancellationToken = default) => store.SaveRunAsync(run, cancellationToken);

        public Task<StepRecord?> FindCachedAsync(ContentHash key, CancellationToken cancellationToken = default) =>
            store.FindCachedAsync(key, cancellationToken);

        public Task<IReadOnlyList<PipelineRunInfo>> ListRunsAsync(
            string? pipeline = null, int limit = 100, CancellationToken cancellationToken = default) =>
            store.ListRunsAsync(pipeline, limit, cancellationToken);

        public Task<IReadOnlyList<StepRecord>> ListStepsAsync(string runId, CancellationToken cancellationToken = default) =>
            store.ListStepsAsync(runId, cancellationToken);
    }
}
