using System.Data.Common;
using System.Security.Authentication;
using Npgsql;

namespace MlOps.PostgreSql;

/// <summary>Says what PostgreSQL's states mean to whoever runs the program.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>Another transaction came in between: it added the same row (23505), or the two waited for each other.</summary>
    public static bool IsConflict(DbException error) => error is PostgresException { SqlState: "23505" or "40001" or "40P01" };

    /// <param name="error">What Npgsql threw.</param>
    /// <param name="database">Server and database, without what is secret.</param>
    public static MlOpsException Translate(DbException error, string database) =>
        error is PostgresException refusal ? Translate(refusal, database) : error.InnerException switch
        {
            TimeoutException => Locked(error, database),
            AuthenticationException => Denied(error, database),
            _ => Unavailable(error, database),
        };

    private static MlOpsException Translate(PostgresException error, string database) => error.SqlState switch
    {
        ['0', '8', ..] or "57P01" or "57P02" or "57P03" or "57P05" or "53300" => Unavailable(error, database),
        ['2', '8', ..] or "42501" => Denied(error, database),
        "3D000" => new MlOpsException(
            ErrorCodes.InvalidConfiguration,
            $"'{database}' does not exist; create the database, or choose another in PostgreSqlOptions.ConnectionString.",
            error),
        "25006" => new MlOpsException(
            ErrorCodes.StorageReadOnly,
            $"'{database}' takes no writes: it is a standby or set to read only. Connect to the primary server.",
            error),
        "53100" => new MlOpsException(
            ErrorCodes.StorageFull,
            $"The disk of '{database}' is full; nothing was written. Free some space on the server and try again.",
            error),
        "23505" or "40001" or "40P01" or "55P03" or "57014" => Locked(error, database),
        "54000" => new MlOpsException(
            ErrorCodes.InvalidName,
            $"'{database}' refused a name or key that is too long for its index: {error.MessageText}. Choose a shorter one.",
            error),
        ['X', 'X', ..] => new MlOpsException(
            ErrorCodes.StorageCorrupt,
            $"'{database}' is damaged: {error.MessageText}. Restore it from a backup.",
            error),
        _ => new MlOpsException(
            ErrorCodes.QueryFailed,
            $"PostgreSQL refused an operation on '{database}': {error.MessageText} ({error.SqlState}).",
            error),
    };

    private static MlOpsException Unavailable(Exception error, string database) =>
        new(
            ErrorCodes.StorageUnavailable,
            $"The server of '{database}' cannot be reached: {error.Message} Start it, or check the host and the network.",
            error);

    private static MlOpsException Denied(Exception error, string database) =>
        new(
            ErrorCodes.StorageAccessDenied,
            $"'{database}' refused access: {error.Message} Check the user, the password and what was granted.",
            error);

    private static MlOpsException Locked(Exception error, string database) =>
        new(
            ErrorCodes.StorageLocked,
            $"Other work on '{database}' was in the way for too long: {error.Message} Try again, or find what holds its tables.",
            error);
}
