namespace MlOps.Tracking;

/// <summary>This process as .NET knows it: processor, memory, garbage collection and threads.</summary>
internal sealed class ProcessSource(TimeProvider time) : ISystemMetricSource
{
    private long _at = time.GetTimestamp();
    private TimeSpan _processor = Processor();
    private TimeSpan _pause = GC.GetTotalPauseDuration();

    public ValueTask ReadAsync(List<KeyValuePair<string, double>> values, CancellationToken cancellationToken)
    {
        var (now, processor, pause) = (time.GetTimestamp(), Processor(), GC.GetTotalPauseDuration());
        if (time.GetElapsedTime(_at, now) is { Ticks: > 0 } elapsed)
        {
            values.Add(new("system/process_cpu_utilization_percentage", 100 * (processor - _processor) / elapsed / Environment.ProcessorCount));
            values.Add(new("system/gc_pause_percentage", 100 * (pause - _pause) / elapsed));
        }

        (_at, _processor, _pause) = (now, processor, pause);
        values.Add(new("system/process_memory_usage_megabytes", Environment.WorkingSet / 1e6));
        values.Add(new("system/gc_heap_megabytes", GC.GetTotalMemory(forceFullCollection: false) / 1e6));
        values.Add(new("system/gc_gen0_collections", GC.CollectionCount(0)));
        values.Add(new("system/gc_gen2_collections", GC.CollectionCount(2)));
        values.Add(new("system/thread_pool_threads", ThreadPool.ThreadCount));
        values.Add(new("system/thread_pool_queue_length", ThreadPool.PendingWorkItemCount));
        return ValueTask.CompletedTask;
    }

    private static TimeSpan Processor() =>
        OperatingSystem.IsBrowser() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() ? TimeSpan.Zero : Environment.CpuUsage.TotalTime;
}
