using System.Data;
using System.Data.Common;
using DbUp;
using DbUp.Engine;
using Npgsql;
using MlOps.Sql;

namespace MlOps.PostgreSql;

/// <summary>Connects, brings the schema up to date, and says in the SDK's words what PostgreSQL complains of.</summary>
internal sealed class PostgreSqlDatabase : SqlDatabase
{
    private const string Journal = "schemaversions";

    private readonly string _connectionString;
    private readonly string _schema;
    private readonly string _name;
    private readonly NpgsqlDataSource _source;

    public PostgreSqlDatabase(PostgreSqlOptions options)
    {
        _schema = options.Schema;
        try
        {
            var text = new NpgsqlConnectionStringBuilder(options.ConnectionString)
            {
                SearchPath = $"\"{_schema}\"",
                // The stores' transactions are their own, also in the middle of one of the program's.
                Enlist = false,
            };
            if (text.MaxAutoPrepare == 0)
            {
                text.MaxAutoPrepare = 200;
                text.AutoPrepareMinUsages = 2;
            }

            text.ApplicationName ??= "MlOps";
            _connectionString = text.ConnectionString;
            _name = $"{text.Host}:{text.Port}/{text.Database ?? text.Username} (schema {_schema})";
            _source = NpgsqlDataSource.Create(_connectionString);
        }
        catch (ArgumentException error)
        {
            throw new MlOpsException(
                ErrorCodes.InvalidConfiguration,
                $"PostgreSqlOptions.ConnectionString cannot be read: {error.Message} Give Host=…;Database=…;Username=…",
                error);
        }
    }

    public override SqlDialect Dialect { get; } = new PostgreSqlDialect();

    protected override SqlSession Open(Durability durability)
    {
        for (var attempt = 1; ; attempt++)
        {
            var connection = _source.OpenConnection();
            try
            {
                using var command = connection.CreateCommand();
                // A server or role that was set to confirm early must not; one that waits for replicas stays as it is.
                command.CommandText = durability == Durability.Process
                    ? "SET synchronous_commit = off"
                    : "SELECT set_config('synchronous_commit', coalesce(nullif(current_setting('synchronous_commit'), 'off'), 'on'), false)";
                command.ExecuteNonQuery();
                return new PostgreSqlSession(connection);
            }
            catch (Exception error)
            {
                // One of the pool may have broken while it lay there; Npgsql then throws away the others.
                var lost = error is NpgsqlException && (connection.FullState & ConnectionState.Open) == 0;
                connection.Dispose();
                if (!lost || attempt > 1)
                {
                    throw;
                }
            }
        }
    }

    protected override void Close() => _source.Dispose();

    protected override MlOpsException Translate(DbException error) => PostgreSqlErrors.Translate(error, _name);

    protected override bool IsConflict(DbException error) => PostgreSqlErrors.IsConflict(error);

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (await IsCurrentAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        // The lock ends with the connection that holds it, so that a killed migration does not block the next.
        const string Lock = "SELECT pg_advisory_lock(hashtextextended('MlOps ' || current_setting('search_path'), 0))";
        await ExecuteAsync(connection, Lock, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await IsCurrentAsync(connection, cancellationToken).ConfigureAwait(false))
            {
                await MigrateAsync(connection, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await ExecuteAsync(connection, "SELECT pg_advisory_unlock_all()", CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Constants of this class, and the name of the schema, which is a plain one.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> CountAsync(NpgsqlConnection connection, string catalog, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Constants of this class.
        using var command = new NpgsqlCommand("SELECT count(*) FROM " + catalog, connection);
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _schema });
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private async Task<bool> IsCurrentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string Journals = $"pg_tables WHERE schemaname = $1 AND tablename = '{Journal}'";
        if (await CountAsync(connection, Journals, cancellationToken).ConfigureAwait(false) == 0)
        {
            return false;
        }

        var applied = new List<string>();
#pragma warning disable CA2100 // A constant, and the name of the schema, which is a plain one: with it a missing right is told from a missing table.
        using var select = new NpgsqlCommand($"SELECT scriptname FROM \"{_schema}\".{Journal}", connection);
#pragma warning restore CA2100
        using var reader = await select.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            applied.Add(reader.GetString(0));
        }

        return SqlMigrations.AreAll(applied, _name);
    }

    private async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Only where it is missing: to make one takes a right that a user of a prepared schema need not have.
        if (await CountAsync(connection, "pg_namespace WHERE nspname = $1", cancellationToken).ConfigureAwait(false) == 0)
        {
            await ExecuteAsync(connection, $"CREATE SCHEMA \"{_schema}\"", cancellationToken).ConfigureAwait(false);
        }

        // DbUp would create the schemas of a search path that it is given.
        var text = new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false, SearchPath = null };
        var path = $"SET LOCAL search_path TO \"{_schema}\";\n";
        var result = DeployChanges.To.PostgresqlDatabase(text.ConnectionString)
            .WithScripts(SqlMigrations.Names.Select(name => new SqlScript(name, path + PostgreSqlSchema.Translate(SqlMigrations.Read(name)))))
            .JournalToPostgresqlTable(_schema, Journal)
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
                    ErrorCodes.StorageCorrupt,
                    $"The schema of '{_name}' could not be brought up to date: {result.Error.Message}",
                    result.Error);
        }
    }
}
