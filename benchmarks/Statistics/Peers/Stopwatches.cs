using System.Diagnostics;

namespace MlOps.Benchmarks.Peers;

/// <summary>A lean timing loop for work of milliseconds, after the tiered compiler is done with it.</summary>
internal static class Stopwatches
{
    /// <summary>Calls the work often enough for every method to reach the last tier, with pauses in which it is compiled.</summary>
    public static void WarmUp(Func<double> work)
    {
        for (var round = 0; round < 4; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var call = 0; call < 40 || Stopwatch.GetElapsedTime(started).TotalMilliseconds < 100; call++)
            {
                work();
            }

            Thread.Sleep(150);
        }
    }

    /// <summary>The median time of at least three calls, and up to a hundred in a second, after two that are not counted.</summary>
    public static (double Milliseconds, double Value) Median(Func<double> work)
    {
        work();
        var value = work();
        var times = new List<double>();
        while (times.Count < 3 || (times.Count < 100 && times.Sum() < 1000))
        {
            var started = Stopwatch.GetTimestamp();
            value = work();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        return (times[times.Count / 2], value);
    }
}
