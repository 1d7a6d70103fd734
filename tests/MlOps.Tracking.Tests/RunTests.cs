using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class RunTests
{
    private readonly UnreliableRunStore _runs = new();
    private readonly InMemoryBlobStore _blobs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExperimentTracker Tracker(Action<TrackingOptions>? configure = null)
    {
        var options = new TrackingOptions { MaximumDiffBytes = 0 };
        configure?.Invoke(options);
        return new ExperimentTracker(_runs, _runs, _blobs, TimeProvider.System, options);
    }

    [Fact]
    public async Task Sixteen_threads_log_without_losing_or_reordering_a_point()
    {
        const int Threads = 16;
        const int Points = 6_250;
        var run = await Tracker(o => o.BufferCapacity = 1000).StartRunAsync("race", cancellationToken: Token);
        var names = Enumerable.Range(0, Threads).Select(i => $"m{i}").ToArray();
        var threads = names.Select(name => new Thread(() =>
        {
            for (var step = 0; step < Points; step++)
            {
                run.LogMetric(name, step, step);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        await run.CompleteAsync(cancellationToken: Token);

        var events = _runs.Events(run.Info.Id);
        Assert.Equal(Threads * Points, events.Count);
        foreach (var name in names)
        {
            Assert.Equal(Enumerable.Range(0, Points).Select(i => (long)i), events.Where(e => e.Name == name).Select(e => e.Step));
        }
    }

    [Fact]
    public async Task Logging_a_metric_allocates_nothing()
    {
        await using var run = await Tracker().StartRunAsync("alloc", cancellationToken: Token);
        for (var i = 0; i < 20_000; i++)
        {
            run.LogMetric("loss", i, i);
        }

        // The buffers grow when the writer falls behind, to a size that then serves: it is the runs after that which allocate nothing.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            await run.FlushAsync(Token);
            least = Math.Min(least, Allocated(run));
        }

        Assert.Equal(0, least);

        static long Allocated(IRun run)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10_000; i++)
            {
                run.LogMetric("loss", i, i);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task A_full_buffer_makes_the_caller_wait_and_loses_nothing()
    {
        _runs.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = await Tracker(o => o.BufferCapacity = 16).StartRunAsync("full", cancellationToken: Token);
        var logged = 0;
        var logging = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    run.LogMetric("loss", i, i);
                    Interlocked.Increment(ref logged);
                }
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await Assert.ThrowsAsync<TimeoutException>(() => logging.WaitAsync(TimeSpan.FromMilliseconds(300), Token));
        Assert.Equal(16, Volatile.Read(ref logged));

        _runs.Hold.SetResult();
        await logging;
        await run.CompleteAsync(cancellationToken: Token);
        Assert.Equal(100, _runs.Events(run.Info.Id).Count);
    }

    [Fact]
    public async Task A_locked_store_is_tried_again_without_anybody_noticing()
    {
        await using var run = await Tracker().StartRunAsync("locked", cancellationToken: Token);
        _runs.FailNext(3, new MlOpsException(ErrorCodes.StorageLocked, "locked"));
        run.LogMetric("loss", 1);
        await run.FlushAsync(Token);
        Assert.Equal(3, _runs.FailedCalls);
        Assert.Single(_runs.Events(run.Info.Id));
    }

    [Fact]
    public async Task A_failing_store_is_reported_with_its_message_and_recovers_without_loss()
    {
        var run = await Tracker(o => o.FlushInterval = TimeSpan.FromMinutes(1)).StartRunAsync("full-disk", cancellationToken: Token);
        run.LogMetric("loss", 1, 1);
        await run.FlushAsync(Token);
        _runs.FailNext(2, new MlOpsException(ErrorCodes.StorageFull, "The disk is full."));
        run.LogMetric("loss", 2, 2);

        var flush = await Assert.ThrowsAsync<MlOpsException>(() => run.FlushAsync(Token));
        Assert.Equal((ErrorCodes.StorageFull, "The disk is full."), (flush.Code, flush.Message));
        var record = Assert.Throws<MlOpsException>(() => run.LogMetric("loss", 3, 3));
        Assert.Equal(ErrorCodes.StorageFull, record.Code);
        Assert.Contains("The disk is full.", record.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MlOpsException>(() => run.CompleteAsync(cancellationToken: Token));
        Assert.Single(_runs.Events(run.Info.Id));

        await run.FlushAsync(Token);
        run.LogMetric("loss", 4, 4);
        await run.CompleteAsync(cancellationToken: Token);
        Assert.Equal([1L, 2L, 4L], _runs.Events(run.Info.Id).Select(e => e.Step));
    }

    [Fact]
    public async Task A_parameter_cannot_change_and_the_same_value_is_kept_once()
    {
        await using var run = await Tracker().StartRunAsync("parameters", cancellationToken: Token);
        run.LogParameter("depth", 6);
        run.LogParameter("depth", 6);
        var error = Assert.Throws<MlOpsException>(() => run.LogParameter("depth", 7));
        Assert.Equal(ErrorCodes.ParameterChanged, error.Code);
        await run.FlushAsync(Token);
        Assert.Single(_runs.Events(run.Info.Id));
    }

    [Fact]
    public async Task Names_and_values_over_the_limits_are_refused_at_the_call()
    {
        await using var run = await Tracker().StartRunAsync("limits", cancellationToken: Token);
        run.LogMetric(new string('n', 250), 1);
        Assert.Equal(ErrorCodes.InvalidName, Assert.Throws<MlOpsException>(() => run.LogMetric(new string('n', 251), 1)).Code);
        run.SetTag("t", new string('v', 8000));
        Assert.Equal(ErrorCodes.InvalidName, Assert.Throws<MlOpsException>(() => run.SetTag("t", new string('v', 8001))).Code);
        run.LogParameter("p", new string('v', 6000));
        Assert.Equal(ErrorCodes.InvalidName, Assert.Throws<MlOpsException>(() => run.LogParameter("q", new string('v', 6001))).Code);
        Assert.Equal(ErrorCodes.InvalidName, (await Assert.ThrowsAsync<MlOpsException>(() => Tracker().StartRunAsync(" ", cancellationToken: Token))).Code);
    }

    [Fact]
    public async Task The_first_completion_decides_and_disposal_twice_does_nothing()
    {
        var run = await Tracker().StartRunAsync("ends", cancellationToken: Token);
        await run.CompleteAsync(RunStatus.Cancelled, "stopped early", Token);
        await run.CompleteAsync(RunStatus.Finished, cancellationToken: Token);
        await run.DisposeAsync();
        await run.DisposeAsync();
        var info = (await _runs.FindAsync(run.Info.Id, Token))!.Info;
        Assert.Equal((RunStatus.Cancelled, "stopped early"), (info.Status, info.Failure));
        Assert.NotNull(info.EndedAt);
        Assert.Equal(ErrorCodes.RunEnded, Assert.Throws<MlOpsException>(() => run.LogMetric("late", 1)).Code);
    }

    [Fact]
    public async Task Events_reach_the_store_by_themselves_and_heartbeats_follow()
    {
        var tracker = Tracker(o => (o.FlushInterval, o.HeartbeatInterval) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(50)));
        await using var run = await tracker.StartRunAsync("idle", cancellationToken: Token);
        run.LogMetric("loss", 1);
        for (var i = 0; i < 500 && !(_runs.Events(run.Info.Id).Count == 1 && _runs.Updates.Any(u => u.HeartbeatAt is not null)); i++)
        {
            await Task.Delay(10, Token);
        }

        Assert.Single(_runs.Events(run.Info.Id));
        Assert.Contains(_runs.Updates, update => update.HeartbeatAt > run.Info.HeartbeatAt && update.Status is null);
    }

    [Fact]
    public async Task An_artifact_is_stored_replaced_and_read_back()
    {
        var tracker = Tracker();
        await using var run = await tracker.StartRunAsync("artifacts", cancellationToken: Token);
        await run.LogTextAsync("notes/a.txt", "first", Token);
        await run.LogTextAsync("notes/a.txt", "second", Token);
        using var reader = new StreamReader(await tracker.OpenArtifactAsync(run.Info.Id, "notes/a.txt", Token));
        Assert.Equal("second", await reader.ReadToEndAsync(Token));
        var error = await Assert.ThrowsAsync<MlOpsException>(() => tracker.OpenArtifactAsync(run.Info.Id, "notes/b.txt", Token));
        Assert.Equal(ErrorCodes.FileNotFound, error.Code);
        Assert.Contains("notes/a.txt", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MlOpsException>(() => run.LogTextAsync("../escape", "x", Token));
    }
}
