using System.Globalization;
using DuckDB.NET.Native;

namespace MlOps.DuckDb;

/// <summary>An open database and its one connection.</summary>
internal sealed class DuckDbSession : IDisposable
{
    private readonly string _name;
    private readonly DuckDBDatabase _database;
    private readonly DuckDBNativeConnection _connection;

    public DuckDbSession(DuckDbOptions options)
    {
        _name = options.Name;
        using var config = Configure(options);
        if (options.Database is { } path && !File.Exists(path))
        {
            throw new MlOpsException(ErrorCodes.FileNotFound, $"There is no database file '{Path.GetFullPath(path)}': check the path; relative paths start at the current folder.");
        }

        if (NativeMethods.Startup.DuckDBOpen(options.Database ?? ":memory:", out _database, config, out var error) != DuckDBState.Success)
        {
            _database.Dispose();
            throw new MlOpsException(ErrorCodes.QueryFailed, $"DuckDB could not open '{options.Database ?? ":memory:"}': {error}");
        }

        if (NativeMethods.Startup.DuckDBConnect(_database, out _connection) != DuckDBState.Success)
        {
            _database.Dispose();
            throw new MlOpsException(ErrorCodes.QueryFailed, $"DuckDB could not connect to '{options.Database ?? ":memory:"}'.");
        }

        Parameters = options.Parameters;
    }

    public DuckDBNativeConnection Connection => _connection;

    private IReadOnlyDictionary<string, object?> Parameters { get; }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Stops what runs; from any thread.</summary>
    public void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(_connection);

    public DuckDBPreparedStatement Prepare(string sql)
    {
        if (NativeMethods.PreparedStatements.DuckDBPrepare(_connection, sql, out var statement) != DuckDBState.Success)
        {
            using (statement)
            {
                throw Failed(NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
            }
        }

        return statement;
    }

    public DuckDBPreparedStatement? TryPrepare(string sql)
    {
        if (NativeMethods.PreparedStatements.DuckDBPrepare(_connection, sql, out var statement) == DuckDBState.Success)
        {
            return statement;
        }

        statement.Dispose();
        return null;
    }

    /// <summary>Starts a statement; its rows are computed as they are read.</summary>
    public async Task<DuckDbResult> RunAsync(DuckDBPreparedStatement statement, CancellationToken cancellationToken)
    {
        DuckDbParameters.Bind(statement, Parameters, _name);
        cancellationToken.ThrowIfCancellationRequested();

        // An aggregate is computed as a whole here, so the caller's thread is left alone.
        return await Task.Run(
            () =>
            {
                var state = NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result);
                if (state == DuckDBState.Success)
                {
                    return new DuckDbResult(this, result);
                }

                var message = NativeMethods.Query.DuckDBResultError(ref result);
                result.Close();
                cancellationToken.ThrowIfCancellationRequested();
                throw Failed(message);
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Execute(string sql)
    {
        var state = NativeMethods.Query.DuckDBQuery(_connection, sql, out var result);
        var message = state == DuckDBState.Success ? null : NativeMethods.Query.DuckDBResultError(ref result);
        result.Close();
        if (message is not null)
        {
            throw Failed(message);
        }
    }

    /// <summary>What DuckDB said, with the place that it names.</summary>
    public MlOpsException Failed(string? message) => new(
        message?.Contains("No files found that match", StringComparison.Ordinal) == true ? ErrorCodes.FileNotFound : ErrorCodes.QueryFailed,
        $"DuckDB refused the query '{_name}': {message?.Trim()}");

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private static DuckDBConfig Configure(DuckDbOptions options)
    {
        NativeMethods.Configuration.DuckDBCreateConfig(out var config);
        Set("access_mode", options.Database is null ? null : "READ_ONLY");
        Set("threads", options.Threads?.ToString(CultureInfo.InvariantCulture));
        Set("memory_limit", options.MemoryLimit);
        return config;

        void Set(string name, string? value)
        {
            if (value is not null && NativeMethods.Configuration.DuckDBSetConfig(config, name, value) != DuckDBState.Success)
            {
                config.Dispose();
                throw new MlOpsException(ErrorCodes.InvalidConfiguration, $"DuckDB does not take '{value}' as its setting {name}: see DuckDbOptions for what is allowed.");
            }
        }
    }
}
