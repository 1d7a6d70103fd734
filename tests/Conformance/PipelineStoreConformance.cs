using MlOps.Pipelines;
using MlOps.Storage;

namespace MlOps.Conformance;

/// <summary>What every pipeline store promises.</summary>
public abstract class PipelineStoreConformance
{
    private static readonly DateTimeOffset _start = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    protected abstract Task<IPipelineStore> CreateAsync();

    [Fact]
    public async Task Of_many_attempts_the_first_publishes()
    {
        var store = await CreateAsync();
        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => store.PublishAsync(Step("r", $"{i}")))));
        Assert.Single(won, published => published);
        Assert.Equal(Array.IndexOf(won, true).ToString(), Assert.Single(await store.ListStepsAsync("r")).Reason);
    }

    [Fact]
    public async Task The_newest_success_of_a_key_is_found()
    {
        var store = await CreateAsync();
        await store.PublishAsync(Step("r1", "old"));
        await store.PublishAsync(Step("r2", "new") with { Outcome = StepOutcome.Cached });
        await store.PublishAsync(Step("r3", "bad") with { Outcome = StepOutcome.Failed, Output = null });

        Assert.Equal("new", (await store.FindCachedAsync(ContentHash.Of("k"u8)))!.Reason);
        Assert.Null(await store.FindCachedAsync(ContentHash.Of("other"u8)));
    }

    [Fact]
    public async Task Saving_a_run_again_replaces_its_state_and_lists_are_newest_first()
    {
        var store = await CreateAsync();
        foreach (var id in new[] { "1", "3", "2" })
        {
            await store.SaveRunAsync(new PipelineRunInfo { Id = id, Pipeline = "p", StartedAt = _start });
        }

        await store.SaveRunAsync(new PipelineRunInfo { Id = "2", Pipeline = "p", StartedAt = _start, Succeeded = false, Failure = "f", EndedAt = _start });

        var runs = await store.ListRunsAsync("p", 2);
        Assert.Equal(["3", "2"], runs.Select(run => run.Id));
        Assert.Equal((false, "f", _start), (runs[1].Succeeded, runs[1].Failure, runs[1].EndedAt));
        Assert.Null(runs[0].Succeeded);
        Assert.Empty(await store.ListRunsAsync("other"));
    }

    private static StepRecord Step(string run, string reason) => new()
    {
        RunId = run,
        Step = "s",
        Outcome = StepOutcome.Executed,
        KeyParts = new Dictionary<string, string> { ["code"] = "1" },
        Key = ContentHash.Of("k"u8),
        Output = ContentHash.Of("o"u8),
        StartedAt = _start,
        Duration = TimeSpan.FromSeconds(1),
        Reason = reason,
    };
}
