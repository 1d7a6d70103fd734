using System.Text;

namespace MlOps.Tracking;

/// <summary>How the files of a working tree differ from the commit, as a patch that <c>git apply</c> takes.</summary>
internal static class UncommittedDiff
{
    /// <summary>Where a run keeps it.</summary>
    public const string ArtifactPath = "snapshot/uncommitted.diff";

    private const string CutMark = "# Cut after ";
    private const string LeftOutMark = "# Left out: ";
    private const int MostNewFiles = 200;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    // Whatever the person's own configuration says, it has to apply; binary files as a whole.
    private static readonly string[] Diff =
    [
        "-c", "diff.noprefix=false", "-c", "diff.mnemonicPrefix=false",
        "diff", "HEAD", "--binary", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--ignore-submodules=dirty",
    ];

    /// <summary>
    /// The changes of tracked files, and the files that git neither tracks nor ignores but for large ones and those of secrets.
    /// </summary>
    /// <returns>The patch, comments at its end saying what is not in it; null when nothing differs or git did not answer.</returns>
    public static async Task<byte[]?> ReadAsync(string root, bool dirty, int maximumBytes)
    {
        // A workspace that is not ignored is no source, and this run is writing to it.
        var listed = await GitCommand.ReadAsync(
            root, ["ls-files", "--others", "--exclude-standard", "-z", "--", ".", ":(exclude,glob)**/.mlops/**"], CancellationToken.None)
            .ConfigureAwait(false);
        var (added, leftOut) = Choose(root, listed?.Split('\0', StringSplitOptions.RemoveEmptyEntries) ?? [], maximumBytes);
        if (!dirty && added.Count == 0 && leftOut.Count == 0)
        {
            return null;
        }

        var diff = added.Count == 0
            ? await GitCommand.RunAsync(root, Diff, maximumBytes, Timeout, CancellationToken.None).ConfigureAwait(false)
            : await ReadWithAsync(root, added, maximumBytes).ConfigureAwait(false);
        if (diff is not { ExitCode: 0 })
        {
            return null;
        }

        var notes = new StringBuilder();
        foreach (var file in leftOut)
        {
            notes.Append(LeftOutMark).Append(file).Append('\n');
        }

        if (diff.Cut)
        {
            notes.Append('\n').Append(CutMark).Append(maximumBytes).Append(" bytes: the changes are larger than the tracker keeps.\n");
        }

        return notes.Length == 0 ? diff.Bytes : [.. diff.Bytes, .. Encoding.UTF8.GetBytes(notes.ToString())];
    }

    /// <summary>Whether a stored patch is only the beginning of one.</summary>
    public static bool IsCut(string patch) => patch.LastIndexOf('\n' + CutMark, StringComparison.Ordinal) is >= 0 and var at
        && patch.IndexOf('\n', at + 1) == patch.Length - 1;

    /// <summary>The files that a stored patch does not hold, each with the reason.</summary>
    public static IEnumerable<string> LeftOut(string patch) => patch.Split('\n')
        .Where(line => line.StartsWith(LeftOutMark, StringComparison.Ordinal)).Select(line => line[LeftOutMark.Length..]);

    /// <summary>Whether there is anything to apply.</summary>
    public static bool HasChanges(string patch) =>
        patch.StartsWith("diff --git ", StringComparison.Ordinal) || patch.Contains("\ndiff --git ", StringComparison.Ordinal);

    private static (List<string> Added, List<string> LeftOut) Choose(string root, string[] files, int maximumBytes)
    {
        List<string> added = [];
        List<string> leftOut = [];
        var room = (long)maximumBytes;
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var length = new FileInfo(Path.Combine(root, file)) is { Exists: true } info ? info.Length : 0;
            // Other sources than small text are data, which has versions of its own; the changes of tracked files need room too.
            var reason = SecretMask.IsSecretFile(file) ? "may hold a secret"
                : length > room / 4 ? $"{length} bytes"
                : added.Count == MostNewFiles ? $"more than {MostNewFiles} new files"
                : null;
            if (reason is null)
            {
                added.Add(file);
                room -= length;
            }
            else if (leftOut.Count < MostNewFiles)
            {
                leftOut.Add($"{file.ReplaceLineEndings(" ")} ({reason})");
            }
        }

        return (added, leftOut);
    }

    // The new files are announced in a copy of the index: the person's own stays as it is.
    private static async Task<GitCommand.Answer?> ReadWithAsync(string root, List<string> added, int maximumBytes)
    {
        var path = await GitCommand.ReadAsync(root, ["rev-parse", "--git-path", "index"], CancellationToken.None).ConfigureAwait(false);
        if (path is null)
        {
            return null;
        }

        var index = Path.Combine(root, path.Trim());
        var copy = Path.GetTempFileName();
        try
        {
            File.Copy(index, copy, overwrite: true);
            var announced = await GitCommand.RunAsync(
                root,
                ["--literal-pathspecs", "add", "--intent-to-add", "--", .. added],
                maximumBytes,
                Timeout,
                CancellationToken.None,
                copy).ConfigureAwait(false);
            return announced is { ExitCode: 0 }
                ? await GitCommand.RunAsync(root, Diff, maximumBytes, Timeout, CancellationToken.None, copy).ConfigureAwait(false)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
