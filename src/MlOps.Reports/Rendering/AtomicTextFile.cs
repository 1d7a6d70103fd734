using System.Text;

namespace MlOps.Reports.Rendering;

/// <summary>Writes beside the target and renames, so that a reader sees the old file or the new one and never half of one.</summary>
internal static class AtomicTextFile
{
    public static async Task WriteAsync(string path, string content, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target);
        if (folder is null || Directory.Exists(target))
        {
            throw new ArgumentException($"'{target}' is a folder: add a file name such as report.html.", nameof(path));
        }

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"The report cannot be saved to '{target}': the folder '{folder}' does not exist. Create it first or choose another path.");
        }

        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            await File.WriteAllTextAsync(temporary, content, new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
