using System.Diagnostics;
using System.Reflection;

namespace QuickStart.Tests;

/// <summary>The program as a user starts it: a process with arguments, two streams and an exit code.</summary>
internal static class QuickStartProgram
{
    private static readonly string _program = typeof(QuickStartProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "QuickStart").Value!;

    /// <summary>The flights that come with the program.</summary>
    public static string Flights => Path.Combine(Path.GetDirectoryName(_program)!, "data", "flights.parquet");

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string data, string folder, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [_program, "--data", data, "--folder", folder])
        {
            // Outside of the sources, whose uncommitted changes a run would keep.
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill();
        }
    }
}
