using MlOps.Testing;

namespace MlOps.Tracking.Tests;

public sealed class SystemMetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_asks_for_it_has_the_metrics_of_the_system()
    {
        var runs = new InMemoryRunStore();
        var tracker = new ExperimentTracker(
            runs, runs, new InMemoryBlobStore(), options: new TrackingOptions { SystemMetricsInterval = TimeSpan.FromMilliseconds(20) });
        await using var without = await tracker.StartRunAsync("system", cancellationToken: Token);
        await using var run = await tracker.StartRunAsync("system", new RunOptions { SystemMetrics = true }, Token);
        RunDetails details;
        do
        {
            await Task.Delay(20, Token);
            await run.FlushAsync(Token);
            details = (await tracker.FindRunAsync(run.Info.Id, Token))!;
        }
        while (!details.Metrics.TryGetValue("system/process_memory_usage_megabytes", out var point) || point.Step < 2);

        Assert.InRange(details.Metrics["system/process_memory_usage_megabytes"].Value, 1, 100_000);
        Assert.InRange(details.Metrics["system/process_cpu_utilization_percentage"].Value, 0, 150);
        Assert.InRange(details.Metrics["system/gc_pause_percentage"].Value, 0, 110);
        Assert.InRange(details.Metrics["system/disk_usage_percentage"].Value, 0, 100);
        Assert.True(details.Metrics["system/disk_available_megabytes"].Value >= 0);
        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(details.Metrics["system/system_memory_usage_percentage"].Value, 0, 100);
            Assert.True(details.Metrics["system/process_threads"].Value >= 1);
        }

        await without.FlushAsync(Token);
        Assert.Empty((await tracker.FindRunAsync(without.Info.Id, Token))!.Metrics);
    }

    [Fact]
    public async Task The_timer_stands_still_when_no_run_is_open()
    {
        var source = new CountingSource();
        var logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        var sampler = new SystemMetricsSampler([source], TimeProvider.System, TimeSpan.FromMilliseconds(5), logger);
        var runs = new InMemoryRunStore();
        await using var run = await new ExperimentTracker(runs, runs, new InMemoryBlobStore()).StartRunAsync("system", cancellationToken: Token);
        var watched = sampler.Watch(run);
        while (source.Reads < 3)
        {
            await Task.Delay(5, Token);
        }

        await watched.StopAsync(Token);
        await Task.Delay(50, Token);
        var reads = source.Reads;
        await Task.Delay(100, Token);
        Assert.Equal(reads, source.Reads);
    }

    [Fact]
    public void Processors_and_memory_are_read_from_proc()
    {
        Assert.Equal((70L, 100L), LinuxSource.Processors("cpu  40 10 20 25 5 0 0 0 7 7\ncpu0 1 1 1 1 1\n"));
        Assert.Equal((0L, 0L), LinuxSource.Processors(""));
        Assert.Equal((16000L, 12000L), LinuxSource.Memory("MemTotal:       16000 kB\nMemFree:  1 kB\nMemAvailable:   12000 kB\n"));
        Assert.Equal((0L, 0L), LinuxSource.Memory("nothing"));
    }

    [Fact]
    public void Graphics_processors_are_read_and_what_they_do_not_tell_is_left_out()
    {
        var values = new List<KeyValuePair<string, double>>();
        NvidiaSource.Parse("0, 35, 1000, 4000, 50.0, 200.0\n1, 7, 0, 8000, [N/A], [N/A]\nan error\n", values);
        Assert.Equal(
            [
                new("system/gpu_0_utilization_percentage", 35), new("system/gpu_0_memory_usage_megabytes", 1048.576),
                new("system/gpu_0_memory_usage_percentage", 25), new("system/gpu_0_power_usage_watts", 50),
                new("system/gpu_0_power_usage_percentage", 25), new("system/gpu_1_utilization_percentage", 7),
                new("system/gpu_1_memory_usage_megabytes", 0), new("system/gpu_1_memory_usage_percentage", 0),
            ],
            values);
        Assert.Null(NvidiaSource.Find(null));
    }

    private sealed class CountingSource : ISystemMetricSource
    {
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public ValueTask ReadAsync(List<KeyValuePair<string, double>> values, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            return ValueTask.CompletedTask;
        }
    }
}
