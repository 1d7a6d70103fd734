namespace MlOps.Data.Sources;

/// <summary>Opens files with messages that say what is wrong.</summary>
internal static class SourceFile
{
    public static Func<CancellationToken, Task<Stream>> Opener(string path) => _ => Task.FromResult<Stream>(Open(path));

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

    public static MlOpsException NotFound(string path, Exception? error = null) => new(
        ErrorCodes.FileNotFound,
        Directory.Exists(path)
            ? $"'{Path.GetFullPath(path)}' is a folder: give the path of one file in it."
            : $"There is no file '{Path.GetFullPath(path)}': check the path; relative paths start at the current folder.",
        error);
}
