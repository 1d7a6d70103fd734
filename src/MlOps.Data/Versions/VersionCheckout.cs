using MlOps.Storage;

namespace MlOps.Data;

/// <summary>Writes the files of a version into a folder.</summary>
internal static class VersionCheckout
{
    public static async Task WriteAsync(DataVersion version, string folder, bool overwrite, IBlobStore blobs, CancellationToken cancellationToken)
    {
        List<(StoredFile File, string Target)> missing = [];
        List<string> different = [];
        foreach (var file in version.Files)
        {
            // The path came from a database: it is checked again before it is joined.
            var target = Path.Combine(folder, StoredFile.CheckPath(file.Path));
            if (File.Exists(target))
            {
                if (await HashAsync(target, cancellationToken).ConfigureAwait(false) == file.Hash)
                {
                    continue;
                }

                different.Add(file.Path);
            }

            missing.Add((file, target));
        }

        if (different.Count > 0 && !overwrite)
        {
            throw new MlOpsException(
                ErrorCodes.InvalidConfiguration,
                $"'{folder}' holds files that differ from {version}: {string.Join(", ", different.Take(5))}{(different.Count > 5 ? $" and {different.Count - 5} more" : "")}. Nothing was written: choose another folder, move them away, or pass overwrite: true.");
        }

        foreach (var (file, target) in missing)
        {
            await WriteFileAsync(file, target, blobs, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WriteFileAsync(StoredFile file, string target, IBlobStore blobs, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var partial = $"{target}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.partial";
        try
        {
            var source = await blobs.OpenReadAsync(file.Hash, cancellationToken).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
                await using (stream.ConfigureAwait(false))
                {
                    await source.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
                    stream.Flush(flushToDisk: true);
                }
            }

            File.Move(partial, target, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task<ContentHash> HashAsync(string path, CancellationToken cancellationToken)
    {
        var stream = SourceFile.Open(path);
        await using (stream.ConfigureAwait(false))
        {
            return await ContentHash.OfAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }
}
