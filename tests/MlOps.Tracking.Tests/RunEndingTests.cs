using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class RunEndingTests
{
    private readonly UnreliableRunStore _runs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<IRun> StartAsync() =>
        await new ExperimentTracker(_runs, _runs, new InMemoryBlobStore(), options: new TrackingOptions { MaximumDiffBytes = 0 })
            .StartRunAsync("ending", cancellationToken: Token);

    private RunInfo Ended() => _runs.QueryAsync(new RunQuery(), Token).GetAwaiter().GetResult().Runs.Single().Info;

    [Fact]
    public async Task An_exception_thrown_in_the_block_fails_the_run()
    {
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await using var run = await StartAsync();
            run.LogMetric("loss", 1);
            throw new InvalidDataException("no rows");
        });
        Assert.Equal((RunStatus.Failed, "System.IO.InvalidDataException: no rows"), (Ended().Status, Ended().Failure));
    }

    [Fact]
    public async Task An_exception_of_a_nested_call_after_awaits_fails_the_run()
    {
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await using (var run = await StartAsync())
            {
                await OuterAsync(run);
            }
        });
        Assert.Equal(RunStatus.Failed, Ended().Status);

        static async Task OuterAsync(IRun run)
        {
            await Task.Delay(5, Token);
            run.LogMetric("loss", 1);
            await InnerAsync();
        }

        static async Task InnerAsync()
        {
            await Task.Delay(5, Token);
            throw new InvalidDataException("deep");
        }
    }

    [Fact]
    public async Task A_configured_disposal_finds_the_exception_too()
    {
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            var run = await StartAsync();
            await using (run.ConfigureAwait(false))
            {
                await Task.Yield();
                throw new InvalidDataException("configured");
            }
        });
        Assert.Equal(RunStatus.Failed, Ended().Status);
    }

    [Fact]
    public async Task An_exception_handled_before_more_logging_leaves_the_run_finished()
    {
        await using (var run = await StartAsync())
        {
            try
            {
                throw new InvalidDataException("handled");
            }
            catch (InvalidDataException)
            {
                run.SetTag("fallback", "yes");
            }

            run.LogMetric("loss", 1);
        }

        Assert.Equal(RunStatus.Finished, Ended().Status);
    }

    [Fact]
    public async Task An_exception_handled_in_a_callee_just_before_the_end_leaves_the_run_finished()
    {
        await using (var run = await StartAsync())
        {
            run.LogMetric("loss", 1);
            Assert.False(TryParse("x"));
        }

        Assert.Equal(RunStatus.Finished, Ended().Status);
        Assert.Null(Ended().Failure);

        static bool TryParse(string text)
        {
            try
            {
                throw new FormatException(text);
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Cancellation_cancels_the_run()
    {
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using var run = await StartAsync();
            await source.CancelAsync();
            await Task.Delay(1000, source.Token);
        });
        Assert.Equal(RunStatus.Cancelled, Ended().Status);
    }

    [Fact]
    public async Task A_failure_of_an_earlier_run_does_not_fail_the_next_one()
    {
        for (var i = 0; i < 3; i++)
        {
            try
            {
                await using var run = await StartAsync();
                if (i < 2)
                {
                    throw new InvalidDataException("this one");
                }
            }
            catch (InvalidDataException)
            {
            }
        }

        var runs = (await _runs.QueryAsync(new RunQuery(), Token)).Runs.Select(run => run.Info).ToList();
        Assert.Equal(2, runs.Count(run => run.Status == RunStatus.Failed));
        Assert.Single(runs, run => run.Status == RunStatus.Finished);
    }

    [Fact]
    public async Task Explicit_completion_decides_whatever_leaves_the_block()
    {
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await using var run = await StartAsync();
            await run.CompleteAsync(cancellationToken: Token);
            throw new InvalidDataException("after the end");
        });
        Assert.Equal(RunStatus.Finished, Ended().Status);
    }
}
