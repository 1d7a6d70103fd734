using System.Diagnostics;
using System.Globalization;
using MlOps.Tracking;

namespace MlOps.Faults;

/// <summary>A program that trains: it logs a loss curve and says on its standard output what has been confirmed.</summary>
internal static class Training
{
    public const string Metric = "loss";
    private const int StepsAFlush = 100;

    /// <summary>The loss of a step: what is found later can be held against it.</summary>
    public static double LossAt(long step) => step % 97 == 0 ? double.NaN : 1 / (1.0 + step);

    public static async Task<int> RunAsync(string folder, int steps)
    {
        await using var workspace = Workspace.Open(folder);
        await using var run = await workspace.Tracking.StartRunAsync("faults");
        Say(run.Info.Id.Value);
        for (var step = 0; step < steps; step++)
        {
            run.LogMetric(Metric, LossAt(step), step);
            if ((step + 1) % StepsAFlush == 0)
            {
                await run.FlushAsync();
                Say((step + 1).ToString(CultureInfo.InvariantCulture));
            }
        }

        return 0;
    }

    /// <summary>Starts the program as another process, with its standard output to read.</summary>
    public static Process Start(string folder, int steps)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Training).Assembly.Location);
        }

        foreach (var argument in (string[])["train", folder, steps.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>What is wrong with the run that a training left; null where all that was confirmed is there.</summary>
    public static async Task<string?> ProblemAsync(string folder, string run, int confirmed, params RunStatus[] allowed)
    {
        await using var workspace = Workspace.OpenExisting(folder);
        var found = await workspace.Tracking.FindRunAsync(new RunId(run));
        if (found is null)
        {
            return $"the run {run} is not there";
        }

        var points = await workspace.Tracking.GetMetricHistoryAsync(found.Info.Id, Metric);
        if (points.Count < confirmed)
        {
            return $"{confirmed} points were confirmed, {points.Count} are there";
        }

        for (var i = 0; i < points.Count; i++)
        {
            if (points[i].Step != i || !points[i].Value.Equals(LossAt(i)))
            {
                return $"the point {i} is {points[i].Value} at step {points[i].Step}";
            }
        }

        return allowed.Contains(found.Info.Status) ? null : $"the run is {found.Info.Status}, not {string.Join(" or ", allowed)}";
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
