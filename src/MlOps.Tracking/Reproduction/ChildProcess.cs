using System.ComponentModel;
using System.Diagnostics;

namespace MlOps.Tracking;

/// <summary>Runs programs as processes of the system.</summary>
internal static class ChildProcess
{
    // A server that the program left behind may hold its pipes open for ever.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(ChildCommand command, ChildOutput output, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = command.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var (name, value) in command.Variables)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        try
        {
            using var process = Process.Start(start) ?? throw new Win32Exception("no process was started");
            process.StandardInput.Close();
            var copying = Task.WhenAll(CopyAsync(process.StandardOutput, output), CopyAsync(process.StandardError, output));
            try
            {
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            await Task.WhenAny(copying, Task.Delay(LastWords, CancellationToken.None)).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (Win32Exception error)
        {
            throw new MlOpsException(
                ErrorCodes.ReproductionFailed,
                $"'{command.Program}' could not be started: {error.Message}. Is it installed and on the path?",
                error);
        }
    }

    private static async Task CopyAsync(StreamReader reader, ChildOutput output)
    {
        var buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer).ConfigureAwait(false) is var read and > 0)
            {
                output.Write(buffer.AsSpan(0, read));
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The process is gone, and its last words with it.
        }
    }
}
