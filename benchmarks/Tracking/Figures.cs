using System.Diagnostics;
using System.Globalization;
using MlOps.Tracking;

namespace MlOps.Benchmarks;

/// <summary>What the comparisons share: a loss curve, a clock, and how figures are printed.</summary>
internal static class Figures
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A falling loss with 10 % of noise, a point every 10 ms give or take half of one; doubles with all their digits.</summary>
    public static IEnumerable<RunEvent> LossCurve(int count)
    {
        var random = new Random(42);
        var at = Start;
        for (var step = 0; step < count; step++)
        {
            at = at.AddMicroseconds(10_000 + random.Next(-500, 500));
            var loss = 2 / Math.Sqrt(1 + (step / 100.0)) * (1 + (0.1 * (random.NextDouble() - 0.5)));
            yield return RunEvent.Metric("loss", loss, step) with { Timestamp = at };
        }
    }

    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a run to a store without a tracker.</summary>
    public static async Task<RunId> AddRunAsync(IRunStore store)
    {
        var run = new RunId(Guid.CreateVersion7().ToString("N"));
        await store.CreateAsync(
            new RunInfo
            {
                Id = run,
                Experiment = "e",
                Name = "n",
                Status = RunStatus.Running,
                StartedAt = Start,
                HeartbeatAt = Start,
                Host = "h",
                ProcessId = 1,
            },
            new RunSnapshot
            {
                OperatingSystem = "o",
                Architecture = "a",
                Framework = "f",
                ProcessorCount = 2,
                MemoryBytes = 1,
                Culture = "",
                TimeZone = "UTC",
            });
        return run;
    }

    public static async Task AppendAsync(IRunStore store, RunId run, RunEvent[] events, int batch)
    {
        for (var sent = 0; sent < events.Length; sent += batch)
        {
            await store.AppendAsync(run, sent, events.AsMemory(sent, Math.Min(batch, events.Length - sent)));
        }
    }
}
