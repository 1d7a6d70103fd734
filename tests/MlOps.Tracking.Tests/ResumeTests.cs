using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class ResumeTests
{
    private readonly UnreliableRunStore _runs = new();
    private readonly InMemoryBlobStore _blobs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExperimentTracker Tracker() => new(_runs, _runs, _blobs, options: new TrackingOptions { MaximumDiffBytes = 0 });

    [Fact]
    public async Task A_finished_run_goes_on_where_it_ended()
    {
        RunId id;
        await using (var run = await Tracker().StartRunAsync("resume", new RunOptions { Name = "first" }, Token))
        {
            id = run.Info.Id;
            run.LogParameter("depth", 6);
            run.LogMetric("loss", 1, 1);
        }

        await using (var run = await Tracker().ResumeRunAsync(new RunId(id.Short), cancellationToken: Token))
        {
            Assert.Equal((id, "first", RunStatus.Running), (run.Info.Id, run.Info.Name, run.Info.Status));
            Assert.Null((await _runs.FindAsync(id, Token))!.Info.EndedAt);
            run.LogMetric("loss", 0.5, 2);
            await run.FlushAsync(Token);
            run.LogMetric("loss", 0.25, 3);
        }

        var details = (await _runs.FindAsync(id, Token))!;
        Assert.Equal([1L, 2L, 3L], (await _runs.ReadHistoryAsync(id, "loss", cancellationToken: Token)).Select(point => point.Step));
        Assert.Equal(RunStatus.Finished, details.Info.Status);
        Assert.Contains("mlops.resumed_at", details.Tags.Keys);
    }

    [Fact]
    public async Task Parameters_of_the_first_start_are_known_and_may_not_change()
    {
        var first = await Tracker().StartRunAsync("resume", cancellationToken: Token);
        first.LogParameter("depth", 6);
        await first.CompleteAsync(RunStatus.Failed, "boom", Token);

        await using var run = await Tracker().ResumeRunAsync(first.Info.Id, cancellationToken: Token);
        run.LogParameter("depth", 6);
        Assert.Equal(ErrorCodes.ParameterChanged, Assert.Throws<MlOpsException>(() => run.LogParameter("depth", 7)).Code);
        await run.FlushAsync(Token);
        Assert.Null((await _runs.FindAsync(first.Info.Id, Token))!.Info.Failure);
    }

    [Fact]
    public async Task A_run_that_is_at_work_is_not_resumed()
    {
        await using var run = await Tracker().StartRunAsync("resume", cancellationToken: Token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => Tracker().ResumeRunAsync(run.Info.Id, cancellationToken: Token));
        Assert.Equal(ErrorCodes.RunActive, error.Code);
    }

    [Fact]
    public async Task A_lost_run_is_resumed_and_its_process_that_wakes_up_is_told()
    {
        var asleep = await Tracker().StartRunAsync("resume", cancellationToken: Token);
        asleep.LogMetric("loss", 1, 1);
        await asleep.FlushAsync(Token);
        await _runs.UpdateAsync(asleep.Info.Id, new RunUpdate { Status = RunStatus.Lost }, Token);

        await using var run = await Tracker().ResumeRunAsync(asleep.Info.Id, cancellationToken: Token);
        run.LogMetric("loss", 2, 2);
        await run.FlushAsync(Token);
        asleep.LogMetric("loss", 9, 9);
        Assert.Equal(ErrorCodes.RunEnded, (await Assert.ThrowsAsync<MlOpsException>(() => asleep.FlushAsync(Token))).Code);
        Assert.Equal([1L, 2L], (await _runs.ReadHistoryAsync(run.Info.Id, "loss", cancellationToken: Token)).Select(point => point.Step));
    }

    [Fact]
    public async Task An_unknown_run_and_a_run_of_another_experiment_are_refused()
    {
        var missing = await Assert.ThrowsAsync<MlOpsException>(() => Tracker().ResumeRunAsync(new RunId("123456"), cancellationToken: Token));
        Assert.Equal(ErrorCodes.RunNotFound, missing.Code);
        var run = await Tracker().StartRunAsync("resume", cancellationToken: Token);
        await run.CompleteAsync(cancellationToken: Token);
        var other = await Assert.ThrowsAsync<MlOpsException>(
            () => Tracker().StartRunAsync("other", new RunOptions { Resume = run.Info.Id }, Token));
        Assert.Equal(ErrorCodes.InvalidName, other.Code);
    }

    [Fact]
    public async Task A_nested_run_names_its_parent_and_shares_its_experiment()
    {
        var tracker = Tracker();
        await using var parent = await tracker.StartRunAsync("search", cancellationToken: Token);
        await using var trial = await tracker.StartNestedRunAsync(parent, "trial 1", cancellationToken: Token);
        Assert.Equal((parent.Info.Id, "search", "trial 1"), (trial.Info.Parent, trial.Info.Experiment, trial.Info.Name));
    }
}
