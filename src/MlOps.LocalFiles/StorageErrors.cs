namespace MlOps.LocalFiles;

/// <summary>Says what the file system's errors mean to whoever runs the program.</summary>
internal static class StorageErrors
{
    // Errors of the target alone are translated: the source stream's own exceptions reach the caller as they are.
    public static void Writing(Action write, string path)
    {
        try
        {
            write();
        }
        catch (Exception error) when (Find(error, path) is { } translated)
        {
            throw translated;
        }
    }

    public static MlOpsException? Find(Exception error, string path) => error switch
    {
        IOException when (error.HResult & 0xFFFF) is 28 or 112 or 39 or 122 => new MlOpsException(
            ErrorCodes.StorageFull, $"The disk that holds '{path}' is full; nothing was stored. Free some space and try again.", error),
        UnauthorizedAccessException or DirectoryNotFoundException => ReadOnly(error, path),
        IOException when (error.HResult & 0xFFFF) is 30 or 17 or 20 or 19 => ReadOnly(error, path),
        _ => null,
    };

    private static MlOpsException ReadOnly(Exception error, string path) => new(
        ErrorCodes.StorageReadOnly,
        $"'{path}' cannot be written: {error.Message} Check the permissions of the folder, or choose another.",
        error);
}
