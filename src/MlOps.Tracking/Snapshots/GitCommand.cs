using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MlOps.Tracking;

/// <summary>Calls the <c>git</c> executable, and never waits for a person.</summary>
internal static class GitCommand
{
    private const int ShortAnswer = 1 << 20;

    // What a run asks when it starts must not hold it up.
    private static readonly TimeSpan ShortTime = TimeSpan.FromSeconds(2);

    /// <summary>What a command prints, when it soon ends well; else null.</summary>
    public static async Task<string?> ReadAsync(string folder, string[] arguments, CancellationToken cancellationToken) =>
        await RunAsync(folder, arguments, ShortAnswer, ShortTime, cancellationToken).ConfigureAwait(false) is { ExitCode: 0 } answer
            ? answer.Text
            : null;

    /// <summary>Runs a command to its end; null when git is not there or the time was up.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <param name="maximumBytes">The most that is read of what it prints; it is stopped there.</param>
    /// <param name="timeout">When it is killed.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <param name="index">The index file to use instead of the repository's.</param>
    public static async Task<Answer?> RunAsync(
        string folder, string[] arguments, int maximumBytes, TimeSpan timeout, CancellationToken cancellationToken, string? index = null)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        if (index is not null)
        {
            start.Environment["GIT_INDEX_FILE"] = index;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(timeout);
        try
        {
            using var process = Process.Start(start);
            if (process is null)
            {
                return null;
            }

            try
            {
                process.StandardInput.Close();
                var errors = process.StandardError.ReadToEndAsync(stop.Token);
                var (bytes, cut) = await ReadAsync(process.StandardOutput.BaseStream, maximumBytes, stop.Token).ConfigureAwait(false);
                if (cut)
                {
                    process.Kill();
                    return new Answer(0, bytes, true, "");
                }

                var error = await errors.ConfigureAwait(false);
                await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
                return new Answer(process.ExitCode, bytes, false, error.Trim());
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                cancellationToken.ThrowIfCancellationRequested();
                return null;
            }
        }
        catch (Exception error) when (error is Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<(byte[] Bytes, bool Cut)> ReadAsync(Stream stream, int maximumBytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            var room = maximumBytes - (int)content.Length;
            await content.WriteAsync(buffer.AsMemory(0, Math.Min(read, room)), cancellationToken).ConfigureAwait(false);
            if (read > room)
            {
                return (content.ToArray(), true);
            }
        }

        return (content.ToArray(), false);
    }

    /// <summary>How a command ended.</summary>
    public sealed record Answer(int ExitCode, byte[] Bytes, bool Cut, string Error)
    {
        public string Text => Encoding.UTF8.GetString(Bytes);
    }
}
