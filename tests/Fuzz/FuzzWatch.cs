using System.Diagnostics;

namespace MlOps.Fuzz;

/// <summary>Starts the process that reads, and another from the next input on when an input ends it.</summary>
internal sealed class FuzzWatch
{
    private const int MostCrashes = 10;
    private readonly FuzzOptions _options;
    private readonly string _folder;

    public FuzzWatch(FuzzOptions options, string folder)
    {
        (_options, _folder) = (options, folder);
    }

    public async Task<int> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        var (options, crashes, failed) = (_options, 0, false);
        while (true)
        {
            foreach (var old in Directory.GetFiles(_folder, "current-*.bin"))
            {
                File.Delete(old);
            }

            options = options with { Time = _options.Time - clock.Elapsed };
            var exit = await RunAsync(options);
            if (exit is 0 or 1 or 2)
            {
                return failed ? 1 : exit;
            }

            // What one input takes, memory or time, can end the reading of another: alone, each shows what it does.
            var (last, blamed) = (options.From, false);
            foreach (var (index, target, input) in CurrentInput.Left(_folder).ToList())
            {
                last = Math.Max(last, index);
                var alone = await RunAsync(options with { From = index, Inputs = index + 1, Time = TimeSpan.FromMinutes(1) });
                if (alone != 0)
                {
                    var path = Path.Combine(_folder, $"{target}-{options.Seed}-{index}.bin");
                    await File.WriteAllBytesAsync(path, input);
                    Console.WriteLine($"FINDING exit code {alone} alone, {exit} among others: {target}, seed {options.Seed}, input {index} ({path}).");
                    blamed = true;
                }
            }

            // Memory that ran out under several inputs at once is no finding; any other end is, whoever is to blame.
            failed |= blamed || exit is not (FuzzWorker.Exhausted or FuzzWorker.Hung);
            Console.WriteLine($"The reading process ended with exit code {exit} at input {last}{(blamed ? "" : "; alone, the inputs of that moment are read")}.");

            if (++crashes >= MostCrashes || clock.Elapsed >= _options.Time)
            {
                return 1;
            }

            options = options with { From = last + 1 };
        }
    }

    private static async Task<int> RunAsync(FuzzOptions options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(FuzzWatch).Assembly.Location);
        }

        foreach (var argument in options.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
