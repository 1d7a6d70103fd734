using MlOps.Tracking;

namespace MlOps.Conformance;

/// <summary>What every run store promises; the store both writes and reads.</summary>
public abstract partial class RunStoreConformance
{
    private static readonly DateTimeOffset _start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    protected abstract Task<(IRunStore Store, IRunReader Reader)> CreateAsync();

    [Fact]
    public async Task A_batch_sent_twice_or_overlapping_is_kept_once()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await store.AppendAsync(run, 0, Metrics(0, 10));
        await store.AppendAsync(run, 0, Metrics(0, 10));
        await store.AppendAsync(run, 5, Metrics(5, 10));
        await store.AppendAsync(run, 3, Metrics(3, 4));

        var history = await reader.ReadHistoryAsync(run, "loss");

        Assert.Equal(Enumerable.Range(0, 15).Select(i => (long)i), history.Select(point => point.Step));
    }

    [Fact]
    public async Task A_batch_after_a_gap_is_refused()
    {
        var (store, _) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.AppendAsync(run, 1, Metrics(0, 1)));
    }

    [Fact]
    public async Task A_changed_parameter_is_refused_and_nothing_of_its_batch_is_kept()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await store.AppendAsync(run, 0, new[] { RunEvent.Parameter("rate", "0.1") });
        await store.AppendAsync(run, 1, new[] { RunEvent.Parameter("rate", "0.1") });

        var error = await Assert.ThrowsAsync<MlOpsException>(() => store.AppendAsync(
            run, 2, new[] { RunEvent.Tag("a", "b"), RunEvent.Metric("loss", 1), RunEvent.Parameter("rate", "0.2") }));

        Assert.Equal(ErrorCodes.ParameterChanged, error.Code);
        var details = (await reader.FindAsync(run))!;
        Assert.Empty(details.Tags);
        Assert.Empty(details.Metrics);
        Assert.Equal("0.1", details.Parameters["rate"]);
        await store.AppendAsync(run, 2, new[] { RunEvent.Tag("a", "c") });
        Assert.Equal("c", (await reader.FindAsync(run))!.Tags["a"]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    public async Task Every_number_is_kept(double value)
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await store.AppendAsync(run, 0, new[] { RunEvent.Metric("x", value, 7) with { Timestamp = _start } });

        Assert.Equal(new MetricPoint(7, value, _start), Assert.Single(await reader.ReadHistoryAsync(run, "x")));
        Assert.Equal(value, (await reader.FindAsync(run))!.Metrics["x"].Value);
    }

    [Fact]
    public async Task The_latest_point_has_the_greatest_step_then_time()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await store.AppendAsync(run, 0, new[]
        {
            RunEvent.Metric("x", 1, 5) with { Timestamp = _start.AddSeconds(1) },
            RunEvent.Metric("x", 2, 5) with { Timestamp = _start },
            RunEvent.Metric("x", 3, 4) with { Timestamp = _start.AddSeconds(9) },
        });
        await store.AppendAsync(run, 3, new[] { RunEvent.Metric("x", 4, 3) with { Timestamp = _start.AddSeconds(20) } });

        Assert.Equal(1, (await reader.FindAsync(run))!.Metrics["x"].Value);
        Assert.Equal([4, 3, 2, 1], (await reader.ReadHistoryAsync(run, "x")).Select(point => point.Value));
    }

    [Fact]
    public async Task A_run_is_found_by_an_unambiguous_end_of_its_id()
    {
        var (store, reader) = await CreateAsync();
        await store.CreateAsync(Info(1) with { Id = new RunId(new string('a', 26) + "123456") }, Snapshot());
        await store.CreateAsync(Info(1) with { Id = new RunId(new string('b', 25) + "0123456") }, Snapshot());

        Assert.Null(await reader.FindAsync(new RunId("123456")));
        Assert.NotNull(await reader.FindAsync(new RunId("0123456")));
        Assert.Null(await reader.FindAsync(new RunId("56")));
    }

    [Fact]
    public async Task Creating_a_run_again_changes_nothing()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await store.CreateAsync(Info(1) with { Name = "changed" }, Snapshot());
        Assert.Equal(Info(1), (await reader.FindAsync(run))!.Info);
    }

    [Fact]
    public async Task A_missing_run_is_said_to_be_missing()
    {
        var (store, _) = await CreateAsync();
        var append = await Assert.ThrowsAsync<MlOpsException>(() => store.AppendAsync(Id(9), 0, Metrics(0, 1)));
        var update = await Assert.ThrowsAsync<MlOpsException>(() => store.UpdateAsync(Id(9), new RunUpdate()));
        Assert.Equal([ErrorCodes.RunNotFound, ErrorCodes.RunNotFound], [append.Code, update.Code]);
    }

    [Fact]
    public async Task A_new_status_replaces_the_end_and_the_failure()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await store.UpdateAsync(run, new RunUpdate { Status = RunStatus.Cancelled, EndedAt = _start, Failure = "SIGTERM" });
        await store.UpdateAsync(run, new RunUpdate { HeartbeatAt = _start.AddSeconds(1) });
        Assert.Equal("SIGTERM", (await reader.FindAsync(run))!.Info.Failure);

        await store.UpdateAsync(run, new RunUpdate { Status = RunStatus.Running });
        Assert.Equal(Info(1) with { HeartbeatAt = _start.AddSeconds(1) }, (await reader.FindAsync(run))!.Info);
    }

    [Fact]
    public async Task A_resumed_run_takes_batches_from_the_number_that_it_was_given_and_each_once()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await store.AppendAsync(run, 0, Metrics(0, 10));
        await store.UpdateAsync(run, new RunUpdate { Status = RunStatus.Failed, EndedAt = _start, Failure = "boom" });
        var found = (await reader.FindAsync(run))!.Info;
        var resumed = Info(1) with { HeartbeatAt = _start.AddSeconds(9), Host = "other", ProcessId = 2, ProcessStart = null };

        var sequence = (await store.ResumeAsync(found, resumed))!.Value;
        Assert.Equal(resumed, (await reader.FindAsync(run))!.Info);
        await store.AppendAsync(run, sequence, Metrics(10, 5));
        await store.AppendAsync(run, sequence, Metrics(10, 5));
        await store.AppendAsync(run, sequence + 3, Metrics(13, 5));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.AppendAsync(run, sequence + 9, Metrics(0, 1)));

        Assert.Equal(Enumerable.Range(0, 18).Select(i => (long)i), (await reader.ReadHistoryAsync(run, "loss")).Select(point => point.Step));
    }

    [Fact]
    public async Task What_the_earlier_process_of_a_resumed_run_sends_is_refused()
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await store.AppendAsync(run, 0, Metrics(0, 10));
        await store.ResumeAsync(Info(1), Info(1) with { HeartbeatAt = _start.AddSeconds(9) });

        var error = await Assert.ThrowsAsync<MlOpsException>(() => store.AppendAsync(run, 10, Metrics(10, 5)));

        Assert.Equal(ErrorCodes.RunEnded, error.Code);
        Assert.Equal(10, (await reader.ReadHistoryAsync(run, "loss")).Count);
    }

    [Fact]
    public async Task Of_several_that_resume_a_run_at_once_one_succeeds()
    {
        var (store, _) = await CreateAsync();
        await AddAsync(store, 1);

        var results = await Task.WhenAll(Enumerable.Range(1, 8).Select(process => Task.Run(
            () => store.ResumeAsync(Info(1), Info(1) with { HeartbeatAt = _start.AddSeconds(process), ProcessId = process }))));

        Assert.Single(results, result => result is not null);
        Assert.Equal(
            ErrorCodes.RunNotFound, (await Assert.ThrowsAsync<MlOpsException>(() => store.ResumeAsync(Info(9), Info(9)))).Code);
    }

    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public async Task Hostile_texts_come_back_as_they_were(string text)
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await store.AppendAsync(run, 0, new[] { RunEvent.Tag(text, text), RunEvent.Parameter(text, text), RunEvent.Metric(text, 1) });
        await store.AppendAsync(run, 3, new[] { RunEvent.Parameter(text, text) });

        var details = (await reader.FindAsync(run))!;
        Assert.Equal(text, Assert.Single(details.Tags).Key);
        Assert.Equal(text, details.Parameters[text]);
        Assert.Single(await reader.ReadHistoryAsync(run, text));
    }

    private static ReadOnlyMemory<RunEvent> Metrics(int first, int count) =>
        Enumerable.Range(first, count).Select(i => RunEvent.Metric("loss", i, i) with { Timestamp = _start }).ToArray();

    private static RunId Id(int number) => new($"{number:x12}{0:x20}");

    private static async Task<RunId> AddAsync(IRunStore store, int number)
    {
        await store.CreateAsync(Info(number), Snapshot());
        return Id(number);
    }

    private static RunInfo Info(int number) => new()
    {
        Id = Id(number),
        Experiment = "e",
        Name = "n",
        Status = RunStatus.Running,
        StartedAt = _start,
        HeartbeatAt = _start,
        Host = "h",
        ProcessId = 1,
        ProcessStart = "boot/1",
    };

    private static RunSnapshot Snapshot() => new()
    {
        Framework = ".NET",
        OperatingSystem = "os",
        Architecture = "X64",
        ProcessorCount = 2,
        MemoryBytes = 3,
        Culture = "",
        TimeZone = "UTC",
    };
}
