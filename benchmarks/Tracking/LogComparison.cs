using System.Diagnostics;
using MlOps.Tracking;

namespace MlOps.Benchmarks;

/// <summary>What a call of LogMetric takes of the training loop, with the writer at work on another core.</summary>
internal static class LogComparison
{
    private const int Calls = 20_000;
    private const int Bursts = 300;
    private const int WarmUp = 100;

    public static async Task<int> RunAsync()
    {
        using var folder = new TrackedFolder();
        Figures.Print($"| calls in a row | ns a call, median of {Bursts} | best | slowest | bytes a call |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var calls in new[] { 100, 1000, Calls })
        {
            await using var run = await folder.Get<IExperimentTracker>().StartRunAsync("log");
            var times = new List<double>();
            long bytes = 0;
            for (var burst = 0; burst < WarmUp + Bursts; burst++)
            {
                var (nanoseconds, allocated) = Measure(run, burst * calls, calls);
                await run.FlushAsync();
                if (burst >= WarmUp)
                {
                    times.Add(nanoseconds);
                    bytes += allocated;
                }
            }

            var each = bytes / (double)(Bursts * calls);
            Figures.Print($"| {calls:N0} | {Figures.Median(times):0} | {times.Min():0} | {times.Max():0} | {each:0.###} |");
        }

        return 0;
    }

    private static (double Nanoseconds, long Bytes) Measure(IRun run, long step, int calls)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            run.LogMetric("loss", 1.0 / (i + 1), step + i);
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        return (elapsed.TotalNanoseconds / calls, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }
}
