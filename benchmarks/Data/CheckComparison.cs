using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MlOps.Data;

namespace MlOps.Benchmarks;

/// <summary>Runs the suites here and their like in checks.py, one after the other, and prints the ratios.</summary>
internal static class CheckComparison
{
    private const int Few = 1_000;

    // The system's own first: a version manager may hide it.
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    private static readonly (string Name, string Title, string Peer, DataChecks Checks)[] Cases =
    [
        ("between", "`between` on doubles", "numpy ((a >= lo) & (a <= hi)).all()", CheckCases.Between),
        ("not_null", "not null", "pandas notna().all()", CheckCases.NotNull),
        ("between_whole", "`between` on whole numbers", "numpy", CheckCases.BetweenWhole),
        ("in_set", "in a set of 50 texts", "pandas isin().all()", CheckCases.InSet),
        ("unique", "unique, whole numbers of 64 bits", "pandas is_unique", CheckCases.Unique),
        ("length", "length of texts", "pandas str.len()", CheckCases.Length),
        ("pattern", "regular expression", "pandas str.fullmatch()", CheckCases.Pattern),
        ("expression", "expression over three columns", "pandas, with operators", CheckCases.Expression),
        ("six", "six checks, five columns", "the six above in pandas and numpy", CheckCases.Six),
    ];

    public static async Task<int> RunAsync()
    {
        var python = Pythons.FirstOrDefault(HasPandas);
        if (python is null)
        {
            Console.Error.WriteLine("--checks needs python3 with pandas. On Debian: apt-get install python3-pandas.");
            return 1;
        }

        Console.WriteLine("| checks | rows | peer | peer, ms | here, ms | ratio |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var rows in (int[])[CheckCases.Rows, Few])
        {
            var data = await CheckCases.MakeAsync(rows);
            var peers = Peers(python, rows);
            foreach (var (name, title, peer, checks) in Cases)
            {
                var here = await MedianAsync(checks, data);
                var there = peers.GetProperty(name).GetDouble();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {title} | {rows:N0} | {peer} | {there:0.###} | {here:0.###} | {there / here:0.#}× |"));
            }
        }

        return 0;
    }

    private static async Task<double> MedianAsync(DataChecks checks, Dataset data)
    {
        List<double> times = [];
        for (var round = 0; round < 2; round++)
        {
            // The first round warms up, with a pause in which the last tier is compiled.
            times.Clear();
            while (times.Count < 30 || (times.Count < 2000 && times.Sum() < 500))
            {
                var started = Stopwatch.GetTimestamp();
                var report = await checks.RunAsync(data);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                _ = report.Passed ? true : throw new InvalidOperationException(report.ToString());
            }

            await Task.Delay(300);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static bool HasPandas(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import pandas"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static JsonElement Peers(string python, int rows)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "checks.py"), rows.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonDocument.Parse(output).RootElement
            : throw new InvalidOperationException($"checks.py ended with {process.ExitCode}.");
    }
}
