namespace MlOps.Data;

/// <summary>Writes files whole or not at all.</summary>
public static class TargetFile
{
    /// <summary>Lets a function write a new file beside the target, then puts it in the target's place.</summary>
    /// <remarks>Readers of the target see the old file or the new one; what fails or is cancelled leaves the old one and no other trace.</remarks>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="path">Its folder is made when it is not there.</param>
    /// <param name="write">Writes and closes the file whose path it is given.</param>
    /// <param name="cancellationToken">Handed to the function.</param>
    /// <returns>What the function returned.</returns>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FileNotFound"/>: the path is a folder; <see cref="ErrorCodes.StorageReadOnly"/>: it may not be written.</exception>
    public static async Task<T> ReplaceAsync<T>(string path, Func<string, CancellationToken, Task<T>> write, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
        {
            throw new MlOpsException(ErrorCodes.FileNotFound, $"'{target}' is a folder: give the path of a file in it.");
        }

        var partial = Path.Combine(Path.GetDirectoryName(target)!, $"{Path.GetFileName(target)}.{Path.GetRandomFileName()}.partial");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var result = await write(partial, cancellationToken).ConfigureAwait(false);
            File.Move(partial, target, overwrite: true);
            return result;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new MlOpsException(ErrorCodes.StorageReadOnly, $"'{target}' cannot be written ({error.Message}) Check the permissions of its folder.", error);
        }
        finally
        {
            // Not there after it was moved, or when its folder could not be made.
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }

    /// <summary>Writes the file through a stream, as <see cref="ReplaceAsync"/> does.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="path">Its folder is made when it is not there.</param>
    /// <param name="write">Writes to the stream, which it leaves open.</param>
    /// <param name="cancellationToken">Handed to the function.</param>
    /// <returns>What the function returned.</returns>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FileNotFound"/>: the path is a folder; <see cref="ErrorCodes.StorageReadOnly"/>: it may not be written.</exception>
    public static Task<T> WriteAsync<T>(string path, Func<Stream, CancellationToken, Task<T>> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        return ReplaceAsync(path, async (partial, token) =>
        {
            var stream = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
            await using (stream.ConfigureAwait(false))
            {
                var result = await write(stream, token).ConfigureAwait(false);
                await stream.FlushAsync(token).ConfigureAwait(false);
                return result;
            }
        }, cancellationToken);
    }
}
