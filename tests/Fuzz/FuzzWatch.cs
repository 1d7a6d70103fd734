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
            if (process.ExitCode is 0 or 1 or 2)
            {
                return failed ? 1 : process.ExitCode;
            }

            failed = true;
            var last = options.From;
            foreach (var (index, target, input) in CurrentInput.Left(_folder))
            {
                var path = Path.Combine(_folder, $"{target}-{options.Seed}-{index}.bin");
                await File.WriteAllBytesAsync(path, input);
                Console.WriteLine($"{(process.ExitCode == FuzzWorker.Hung ? "Possible hang" : $"FINDING possible crash (exit code {process.ExitCode})")}: {target}, seed {options.Seed}, input {index} ({path}).");
                last = Math.Max(last, index);
            }

            if (++crashes >= MostCrashes || clock.Elapsed >= _options.Time)
            {
                return 1;
            }

            options = options with { From = last + 1 };
        }
    }
}
