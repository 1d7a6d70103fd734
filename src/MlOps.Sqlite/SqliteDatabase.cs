using System.Data.Common;
using System.Globalization;
using DbUp;
using DbUp.Engine;
using Microsoft.Data.Sqlite;
using MlOps.Sql;

namespace MlOps.Sqlite;

/// <summary>Opens the file, brings its schema up to date, and says in the SDK's words what SQLite complains of.</summary>
internal sealed class SqliteDatabase(SqliteOptions options, TimeProvider time) : SqlDatabase
{
    private readonly string _path = Path.GetFullPath(options.DatabasePath);

    public override SqlDialect Dialect { get; } = new SqliteDialect();

    protected override SqlSession Open(Durability durability) => new SqliteSession(OpenFile(durability));

    protected override MlOpsException Translate(DbException error) => SqliteErrors.Translate(error, _path, options.BusyTimeout);

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            if (IsCurrent())
            {
                return;
            }

            // The lock ends with the process that holds it, so that a killed migration does not block the next.
            using var gate = await LockAsync(cancellationToken).ConfigureAwait(false);
            if (!IsCurrent())
            {
                Migrate();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.ReadOnly(_path, error);
        }
    }

    private SqliteConnection OpenFile(Durability durability)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, ForeignKeys = true, DefaultTimeout = 1 };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            var milliseconds = ((long)options.BusyTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            var level = durability == Durability.Full ? "FULL" : "NORMAL";
#pragma warning disable CA2100 // A number and a constant; pragmas take no parameters.
            // The log is carried into the file every 32 MiB and not every 4: bulk writes come back to the same pages again and again.
            command.CommandText =
                $"PRAGMA busy_timeout={milliseconds}; PRAGMA synchronous={level}; PRAGMA wal_autocheckpoint=8192; PRAGMA cache_size=-16384;"
                + SqliteDialect.Settings;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            SqliteDialect.Prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private bool IsCurrent()
    {
        if (!File.Exists(_path))
        {
            return false;
        }

        using var connection = OpenFile(Durability.Full);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'SchemaVersions'";
        if (Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0)
        {
            return false;
        }

        command.CommandText = "SELECT ScriptName FROM SchemaVersions";
        var applied = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                applied.Add(reader.GetString(0));
            }
        }

        return SqlMigrations.AreAll(applied, _path);
    }

    private void Migrate()
    {
        using (var connection = OpenFile(Durability.Full))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL";
            command.ExecuteNonQuery();
        }

        var text = new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, DefaultTimeout = 30 };
        var result = DeployChanges.To.SqliteDatabase(text.ToString())
            .WithScripts(SqlMigrations.Names.Select(name => new SqlScript(name, SqlMigrations.Read(name))))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw result.Error is DbException error
                ? Translate(error)
                : new MlOpsException(
                    ErrorCodes.StorageCorrupt, $"The schema of '{_path}' could not be brought up to date: {result.Error.Message}", result.Error);
        }
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(_path + ".migration", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (File.Exists(_path + ".migration"))
            {
                if (time.GetElapsedTime(start) > options.BusyTimeout)
                {
                    throw SqliteErrors.Locked(_path, options.BusyTimeout, error);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken).ConfigureAwait(false);
        }
    }
}
