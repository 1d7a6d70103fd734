using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MlOps.Tracking;

/// <summary>What git says about the working directory.</summary>
internal sealed record GitState(string? Commit, string? Branch, string? Remote, bool Dirty)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static GitState None { get; } = new(null, null, null, false);

    /// <summary>Asks the <c>git</c> executable; nothing where it is missing, slow, or the folder is no repository.</summary>
    public static async Task<GitState> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        // Both at once: a process costs milliseconds, and a run must not start slowly.
        var status = GitAsync(folder, ["status", "--porcelain=v2", "--branch", "--untracked-files=no"], 1 << 20, cancellationToken);
        var remote = GitAsync(folder, ["config", "--get", "remote.origin.url"], 1 << 16, cancellationToken);
        return await status.ConfigureAwait(false) is { } text
            ? Parse(Encoding.UTF8.GetString(text.Bytes), await remote.ConfigureAwait(false) is { } url ? Encoding.UTF8.GetString(url.Bytes) : null)
            : None;
    }

    /// <summary>The changes of tracked files against the commit; a line at the end says when it was cut.</summary>
    public static async Task<byte[]?> ReadDiffAsync(string folder, int maximumBytes)
    {
        if (await GitAsync(folder, ["diff", "HEAD", "--no-color", "--no-ext-diff"], maximumBytes, CancellationToken.None).ConfigureAwait(false)
            is not { } diff)
        {
            return null;
        }

        return diff.Cut
            ? [.. diff.Bytes, .. Encoding.UTF8.GetBytes($"\n# Cut after {maximumBytes} bytes: the changes are larger than the tracker keeps.\n")]
            : diff.Bytes;
    }

    /// <summary>Reads <c>git status --porcelain=v2 --branch</c>.</summary>
    internal static GitState Parse(string status, string? remote)
    {
        string? commit = null, branch = null;
        var dirty = false;
        foreach (var line in status.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("# branch.oid ", StringComparison.Ordinal))
            {
                commit = line["# branch.oid ".Length..] is var oid && oid != "(initial)" ? oid : null;
            }
            else if (line.StartsWith("# branch.head ", StringComparison.Ordinal))
            {
                branch = line["# branch.head ".Length..] is var head && head != "(detached)" ? head : null;
            }
            else if (line[0] != '#')
            {
                dirty = true;
            }
        }

        return new GitState(commit, branch, string.IsNullOrWhiteSpace(remote) ? null : SecretMask.StripUserInfo(remote.Trim()), dirty);
    }

    private static async Task<(byte[] Bytes, bool Cut)?> GitAsync(
        string folder, string[] arguments, int maximumBytes, CancellationToken cancellationToken)
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
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
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
                var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, timeout.Token);
                var (bytes, cut) = await ReadAsync(process.StandardOutput.BaseStream, maximumBytes, timeout.Token).ConfigureAwait(false);
                if (cut)
                {
                    process.Kill();
                    return (bytes, true);
                }

                await errors.ConfigureAwait(false);
                await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
                return process.ExitCode == 0 ? (bytes, false) : null;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                process.Kill();
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
}
