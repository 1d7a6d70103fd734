namespace MlOps.Data;

/// <summary>Opens files with messages that say what is wrong.</summary>
public static class SourceFile
{
    /// <summary>Opens the file anew at each call, as <see cref="Open"/> does; nothing is opened yet.</summary>
    public static Func<CancellationToken, Task<Stream>> Opener(string path) => _ => Task.FromResult<Stream>(Open(path));

    /// <summary>Opens a file for reading from its start to its end; others may write, rename or delete it meanwhile.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FileNotFound"/>: there is no such file, or it is a folder.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan });
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException || (error is UnauthorizedAccessException && Directory.Exists(path)))
        {
            throw NotFound(path, error);
        }
    }

    private static MlOpsException NotFound(string path, Exception error) => new(
        ErrorCodes.FileNotFound,
        Directory.Exists(path)
            ? $"'{Path.GetFullPath(path)}' is a folder: give the path of one file in it."
            : $"There is no file '{Path.GetFullPath(path)}': check the path; relative paths start at the current folder.",
        error);
}
