using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MlOps.Sqlite;

/// <summary>Says what SQLite's result codes mean to whoever runs the program.</summary>
internal static class SqliteErrors
{
    public static MlOpsException Translate(DbException error, string path, TimeSpan timeout) =>
        (error as SqliteException)?.SqliteErrorCode switch
        {
            5 or 6 => Locked(path, timeout, error),
            8 or 14 or 23 or 3 => ReadOnly(path, error),
            13 => new MlOpsException(ErrorCodes.StorageFull, $"The disk that holds '{path}' is full; nothing was written. Free some space and try again.", error),
            11 or 26 => new MlOpsException(
                ErrorCodes.StorageCorrupt,
                $"'{path}' is damaged or not an SQLite database. Restore it from a backup, or move it away to start anew.",
                error),
            _ => new MlOpsException(
                ErrorCodes.StorageCorrupt, $"SQLite refused an operation on '{path}': {error.Message}. Check the disk and the file.", error),
        };

    public static MlOpsException Locked(string path, TimeSpan timeout, Exception error) =>
        new(
            ErrorCodes.StorageLocked,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Another process held '{path}' for more than {timeout.TotalSeconds:0.###} s. End it, or raise SqliteOptions.BusyTimeout."),
            error);

    public static MlOpsException ReadOnly(string path, Exception error) =>
        new(
            ErrorCodes.StorageReadOnly,
            $"The database '{path}' cannot be opened for writing: {error.Message} Check the permissions of the file and its folder, or choose another path.",
            error);
}
