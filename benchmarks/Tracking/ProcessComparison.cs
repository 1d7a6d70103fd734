using System.Diagnostics;
using MlOps.Tracking;

namespace MlOps.Benchmarks;

/// <summary>Several processes that log into one SQLite file at once, each a run of its own; every point is looked for afterwards.</summary>
internal static class ProcessComparison
{
    public const string Writer = "--writer";
    private const int Points = 500_000;
    private const int PointsPerFlush = 5_000;

    public static async Task<int> RunAsync(int count)
    {
        using var folder = new TrackedFolder();
        var processes = new List<Process>();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            {
                start.ArgumentList.Add(typeof(ProcessComparison).Assembly.Location);
            }

            foreach (var argument in new[] { Writer, folder.Folder, $"writer {i}" })
            {
                start.ArgumentList.Add(argument);
            }

            processes.Add(Process.Start(start)!);
        }

        var errors = 0;
        foreach (var process in processes)
        {
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                errors++;
                await Console.Error.WriteLineAsync(error);
            }

            process.Dispose();
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var (found, finished) = (0L, 0);
        foreach (var run in (await folder.Get<IRunReader>().QueryAsync(new RunQuery { Limit = count })).Runs)
        {
            var points = await folder.Get<IRunReader>().ReadHistoryAsync(run.Id, "loss");
            found += points.Count;
            finished += run.Info.Status == RunStatus.Finished && points.Select((point, i) => point.Step == i).All(right => right) ? 1 : 0;
        }

        Figures.Print($"{count} processes, {Points:N0} points each, confirmed every {PointsPerFlush:N0}:");
        Figures.Print($"{errors} errors, {finished} whole runs, {found:N0} points in {seconds:0.0} s with");
        Figures.Print($"the processes' start: {found / seconds:N0} points a second.");
        return errors == 0 && finished == count && found == (long)count * Points ? 0 : 1;
    }

    public static async Task<int> WriteAsync(string path, string name)
    {
        using var folder = new TrackedFolder(path);
        await using var run = await folder.Get<IExperimentTracker>().StartRunAsync("processes", new RunOptions { Name = name });
        for (var step = 0; step < Points; step++)
        {
            run.LogMetric("loss", 1.0 / (step + 1), step);
            if (step % PointsPerFlush == PointsPerFlush - 1)
            {
                await run.FlushAsync();
            }
        }

        return 0;
    }
}
