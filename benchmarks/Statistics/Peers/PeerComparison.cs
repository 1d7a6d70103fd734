using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;

namespace MlOps.Benchmarks.Peers;

/// <summary>Runs every case here and in peers.py on the same data, one after the other, and prints the ratios.</summary>
internal static class PeerComparison
{
    private const int Small = 10_000;
    private const int Middle = 1_000_000;
    private const int Large = 30_000_000;

    public static int Run(string[] arguments)
    {
        if (FindPython() is not { } python)
        {
            Console.Error.WriteLine("--peers needs python3 with SciPy and NumPy. On Debian: apt-get install python3-scipy python3-sklearn.");
            return 1;
        }

        int[] rows = arguments.Contains("--large") ? [Small, Middle, Large] : [Small, Middle];
        var only = arguments.SkipWhile(argument => argument != "--only").Skip(1).FirstOrDefault();
        var lines = new List<string>();
        foreach (var peerCase in PeerCases.All.Where(c => only is null || c.Name == only))
        {
            var counts = Array.FindAll(rows, count => count <= peerCase.MaximumRows);
            lines.AddRange(Compare(python, peerCase, "float64", counts, PeerData.Doubles, peerCase.Fit ?? (_ => null!), peerCase.Doubles));
            if (peerCase.Floats is { } floats)
            {
                lines.AddRange(Compare<float>(python, peerCase, "float32", counts, PeerData.Floats, _ => null!, floats));
            }
        }

        lines.Add(Bandwidth(rows[^1]));
        Console.WriteLine();
        Console.WriteLine("| work | rows, each | type | peer | peer, ms | here, ms | ratio | bar |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        lines.ForEach(Console.WriteLine);
        TableComparison.Run(python, only);
        return 0;
    }

    private static IEnumerable<string> Compare<T>(
        string python, PeerCase peerCase, string type, int[] rows, Func<int, (T[], T[])> data, Func<T[], object> fit, Func<T[], T[], object?, double> work)
    {
        var theirs = RunPeer(python, "peers.py", [peerCase.Name, type, .. rows.Select(count => count.ToString(CultureInfo.InvariantCulture))]);
        var (smallX, smallY) = data(Small);
        var smallFit = fit(smallX);
        Stopwatches.WarmUp(() => work(smallX, smallY, smallFit));
        foreach (var peer in theirs)
        {
            var count = peer.GetProperty("rows").GetInt32();
            var (x, y) = data(count);
            var fitted = fit(x);
            var (here, value) = Stopwatches.Median(() => work(x, y, fitted));
            var there = peer.GetProperty("milliseconds").GetDouble();
            var expected = peer.GetProperty("value").GetDouble();
            var ratio = there / here;
            var bar = peerCase.Bar > 0 && count == Middle && type == "float64" ? $"{peerCase.Bar:0}×{(ratio < peerCase.Bar ? " missed" : "")}" : "";
            var line = Invariant($"| {peerCase.Title} | {count:N0} | {type} | {peerCase.Peer} | {there:0.###} | {here:0.####} | {ratio:0.0}× | {bar} |");
            Console.WriteLine(line);
            if (Math.Abs(value - expected) > Math.Max(Math.Abs(expected) * Tolerance(type), 1e-15))
            {
                Console.WriteLine(Invariant($"  results differ: {expected} there, {value} here"));
            }

            yield return line;
        }
    }

    // NumPy sums floats in single precision, and its percentiles interpolate.
    private static double Tolerance(string type) => type == "float32" ? 1e-2 : 1e-3;

    /// <summary>The pass that measures moments against the plainest vector sum of the same memory.</summary>
    private static string Bandwidth(int rows)
    {
        var (_, y) = PeerData.Doubles(Math.Max(rows, 10 * Middle));
        Stopwatches.WarmUp(() => MlOps.Statistics.Moments.Of(y.AsSpan(0, Small)).Mean + TensorPrimitives.Sum<double>(y.AsSpan(0, Small)));
        var (moments, _) = Stopwatches.Median(() => MlOps.Statistics.Moments.Of(y).Mean);
        var (sum, _) = Stopwatches.Median(() => TensorPrimitives.Sum<double>(y));
        return Invariant(
            $"| moments, share of a plain vector sum's bandwidth | {y.Length:N0} | float64 | TensorPrimitives.Sum | {sum:0.##} | {moments:0.##} | {sum / moments:P0} | 70 % |");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal static List<JsonElement> RunPeer(string python, string script, string[] arguments)
    {
        using var process = Process.Start(Python(python, [Path.Combine(AppContext.BaseDirectory, script), .. arguments]))!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)]
            : throw new InvalidOperationException($"{script} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    /// <summary>The first Python that has SciPy: the one on the path, or the system's own where a version manager hides it.</summary>
    private static string? FindPython()
    {
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            try
            {
                var start = Python(python, ["-c", "import scipy.stats, numpy"]);
                start.RedirectStandardError = true;
                using var process = Process.Start(start)!;
                process.StandardError.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode == 0)
                {
                    return python;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not installed here.
            }
        }

        return null;
    }

    private static ProcessStartInfo Python(string python, string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true };
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS" })
        {
            start.Environment[variable] = "1";
        }

        return start;
    }
}
