using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using MlOps.Testing;

namespace MlOps.Pipelines.Tests;

public sealed class RunningTests
{
    private readonly InMemoryPipelineStore _store = new();
    private readonly InMemoryBlobStore _blobs = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private int _doubled;
    private int _added;
    private bool _fails;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PipelineRunner Runner => new(_store, _blobs, _time);

    private Pipeline<Number, Number> Sum(string? parameter = null) => Pipeline.Define<Number, Number>("sum", NumbersJson.Default, p =>
    {
        var options = new StepOptions { Parameters = parameter is null ? new Dictionary<string, string>() : new() { ["rate"] = parameter } };
        var doubled = p.Step("double", DoubleAsync, p.Input, options);
        return p.Step("add", AddAsync, doubled, p.Input);
    });

    [Fact]
    public async Task Steps_run_once_and_say_why()
    {
        var first = await Runner.RunAsync(Sum(), new Number(3), cancellationToken: Token);
        Assert.Equal(9, first.Value.Value);
        Assert.All(first.Steps, step => Assert.Equal((StepOutcome.Executed, "first run"), (step.Outcome, step.Reason)));

        var second = await Runner.RunAsync(Sum(), new Number(3), cancellationToken: Token);
        Assert.Equal(9, second.Value.Value);
        Assert.All(second.Steps, step => Assert.Equal((StepOutcome.Cached, $"cached from run {first.RunId}"), (step.Outcome, step.Reason)));
        Assert.Equal((1, 1), (_doubled, _added));

        var changed = await Runner.RunAsync(Sum(), new Number(4), cancellationToken: Token);
        Assert.Equal(["the pipeline's input changed", "input 'double' changed, the pipeline's input changed"], changed.Steps.Select(step => step.Reason));

        var rate = await Runner.RunAsync(Sum("0.5"), new Number(4), cancellationToken: Token);
        Assert.Equal("parameter 'rate' is new", rate.Steps[0].Reason);
        Assert.Equal(StepOutcome.Cached, rate.Steps[1].Outcome);
    }

    [Fact]
    public async Task After_a_failure_the_finished_steps_are_taken_from_the_cache_and_the_journal_tells()
    {
        _fails = true;
        var error = await Assert.ThrowsAsync<MlOpsException>(() => Runner.RunAsync(Sum(), new Number(3), cancellationToken: Token));
        Assert.Equal(ErrorCodes.StepFailed, error.Code);
        Assert.Contains("'add'", error.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidDataException>(error.InnerException);
        var run = Assert.Single(await _store.ListRunsAsync("sum", cancellationToken: Token));
        Assert.False(run.Succeeded);
        Assert.Equal([StepOutcome.Executed, StepOutcome.Failed], (await _store.ListStepsAsync(run.Id, Token)).Select(step => step.Outcome));

        _fails = false;
        var again = await Runner.RunAsync(Sum(), new Number(3), cancellationToken: Token);
        Assert.Equal([StepOutcome.Cached, StepOutcome.Executed], again.Steps.Select(step => step.Outcome));
        Assert.Equal("the last attempt failed", again.Steps[1].Reason);
        Assert.Equal(1, _doubled);
    }

    [Fact]
    public async Task A_lost_value_is_made_again()
    {
        var first = await Runner.RunAsync(Sum(), new Number(3), cancellationToken: Token);
        await _blobs.DeleteAsync(first.Steps[0].Output!.Value, Token);
        var again = await Runner.RunAsync(Sum(), new Number(3), cancellationToken: Token);
        Assert.Equal((9.0, 2, 1), (again.Value.Value, _doubled, _added));
        Assert.Equal("its cached value is gone", again.Steps[0].Reason);
    }

    [Fact]
    public async Task A_step_is_tried_again_after_a_growing_pause()
    {
        var attempts = new List<(int Attempt, DateTimeOffset At)>();
        var pipeline = Pipeline.Define<Number, Number>("retry", NumbersJson.Default, p => p.Step(
            "flaky",
            (context, input) =>
            {
                attempts.Add((context.Attempt, _time.GetUtcNow()));
                return context.Attempt < 3 ? throw new IOException("busy") : Task.FromResult(input);
            },
            p.Input,
            new StepOptions { MaxAttempts = 3, Backoff = TimeSpan.FromSeconds(10) }));
        var running = Runner.RunAsync(pipeline, new Number(1), cancellationToken: Token);
        while (!running.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, Token);
        }

        var result = await running;
        Assert.Equal(3, result.Steps[0].Attempts);
        Assert.Equal([1, 2, 3], attempts.Select(attempt => attempt.Attempt));
        Assert.True(attempts[1].At - attempts[0].At >= TimeSpan.FromSeconds(10));
        Assert.True(attempts[2].At - attempts[1].At >= TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_step_that_takes_too_long_fails_even_if_it_ignores_its_token()
    {
        var never = new TaskCompletionSource<Number>();
        var pipeline = Pipeline.Define<Number, Number>("slow", NumbersJson.Default, p => p.Step(
            "wait", (_, _) => never.Task, p.Input, new StepOptions { Timeout = TimeSpan.FromMilliseconds(20) }));
        var runner = new PipelineRunner(_store, _blobs, TimeProvider.System);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => runner.RunAsync(pipeline, new Number(1), cancellationToken: Token));
        Assert.IsType<TimeoutException>(error.InnerException);
    }

    [Fact]
    public async Task Independent_steps_run_at_the_same_time_up_to_the_limit()
    {
        var both = new Barrier(2);
        var pipeline = Pipeline.Define<Number, Number>("wide", NumbersJson.Default, p =>
        {
            var left = p.Step("left", MeetAsync, p.Input);
            var right = p.Step("right", MeetAsync, p.Input);
            return p.Step("add", AddAsync, left, right);
        });
        var result = await Runner.RunAsync(pipeline, new Number(1), new PipelineRunOptions { MaxConcurrency = 2 }, Token);
        Assert.Equal(2, result.Value.Value);

        Task<Number> MeetAsync(StepContext context, Number input) => both.SignalAndWait(TimeSpan.FromSeconds(30), context.CancellationToken)
            ? Task.FromResult(input)
            : throw new TimeoutException("the other step never came");
    }

    [Fact]
    public async Task A_type_that_the_context_does_not_know_is_refused_before_anything_runs()
    {
        var ran = false;
        var pipeline = Pipeline.Define<Number, Version>("unknown", NumbersJson.Default, p => p.Step(
            "make",
            (_, _) =>
            {
                ran = true;
                return Task.FromResult(new Version(1, 0));
            },
            p.Input));
        var error = await Assert.ThrowsAsync<MlOpsException>(() => Runner.RunAsync(pipeline, new Number(1), cancellationToken: Token));
        Assert.Equal(ErrorCodes.StepValueUnsupported, error.Code);
        Assert.Contains("[JsonSerializable(typeof(Version))]", error.Message, StringComparison.Ordinal);
        Assert.False(ran);
    }

    [Fact]
    public async Task A_thousand_cached_steps_cost_far_less_than_a_second()
    {
        var pipeline = Pipeline.Define<Number, Number>("long", NumbersJson.Default, p =>
        {
            var last = p.Step("0", DoubleAsync, p.Input);
            for (var index = 1; index < 1000; index++)
            {
                last = p.Step($"{index}", (_, input) => Task.FromResult(new Number(input.Value + 1)), last);
            }

            return last;
        });
        var first = await Runner.RunAsync(pipeline, new Number(1), cancellationToken: Token);
        var from = Stopwatch.GetTimestamp();
        var second = await Runner.RunAsync(pipeline, new Number(1), cancellationToken: Token);
        TestContext.Current.SendDiagnosticMessage($"1,000 cached steps: {Stopwatch.GetElapsedTime(from).TotalMilliseconds} ms");
        Assert.Equal(first.Value, second.Value);
        Assert.All(second.Steps, step => Assert.Equal(StepOutcome.Cached, step.Outcome));
        Assert.True(Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(1));
    }

    private Task<Number> DoubleAsync(StepContext context, Number input)
    {
        _doubled++;
        return Task.FromResult(new Number(2 * input.Value));
    }

    private async Task<Number> AddAsync(StepContext context, Number left, Number right)
    {
        await Task.Yield();
        _added++;
        return _fails ? throw new InvalidDataException("broken") : new Number(left.Value + right.Value);
    }
}
