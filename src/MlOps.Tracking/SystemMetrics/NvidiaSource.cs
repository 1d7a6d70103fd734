using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MlOps.Tracking;

/// <summary>The graphics processors, where NVIDIA's <c>nvidia-smi</c> is there to tell.</summary>
internal sealed class NvidiaSource(string program) : ISystemMetricSource
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly string[] Arguments =
        ["--query-gpu=index,utilization.gpu,memory.used,memory.total,power.draw,power.limit", "--format=csv,noheader,nounits"];

    /// <summary>The program in one of the folders of <c>PATH</c>; null when it is in none.</summary>
    public static string? Find(string? path) =>
        (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "nvidia-smi.exe" : "nvidia-smi"))
            .FirstOrDefault(File.Exists);

    public async ValueTask ReadAsync(List<KeyValuePair<string, double>> values, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, Arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                CreateNoWindow = true,
            });
            if (process is null)
            {
                return;
            }

            try
            {
                var errors = process.StandardError.ReadToEndAsync(timeout.Token);
                var output = await process.StandardOutput.ReadToEndAsync(timeout.Token).ConfigureAwait(false);
                await errors.ConfigureAwait(false);
                await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
                Parse(output, values);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }
        catch (Exception error) when (error is Win32Exception or IOException or InvalidOperationException)
        {
            // A driver that is being replaced does not end the run.
        }
    }

    /// <summary>Reads its lines; what a card does not tell (<c>[N/A]</c>) is left out.</summary>
    internal static void Parse(string output, List<KeyValuePair<string, double>> values)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length != 6 || Number(fields[0]) is not { } index)
            {
                continue;
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"system/gpu_{index}_");
            Add("utilization_percentage", Number(fields[1]));
            Add("memory_usage_megabytes", Number(fields[2]) * 1024 * 1024 / 1e6);
            Add("memory_usage_percentage", 100 * Number(fields[2]) / Number(fields[3]));
            Add("power_usage_watts", Number(fields[4]));
            Add("power_usage_percentage", 100 * Number(fields[4]) / Number(fields[5]));

            void Add(string what, double? value)
            {
                if (value is { } number && double.IsFinite(number))
                {
                    values.Add(new(name + what, number));
                }
            }
        }
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
