using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MlOps.Benchmarks;

/// <summary>The stores over a database that goes with them: a SQLite file, or a schema on the server that MLOPS_TEST_POSTGRES gives.</summary>
internal sealed class TemporaryStores : IMlOpsBuilder, IDisposable
{
    public const string Sqlite = "SQLite";
    private const string Schema = "mlops_benchmark";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-benchmark-");
    private readonly ServiceProvider _provider;
    private readonly bool _isFile;

    public TemporaryStores(string database)
    {
        _isFile = database == Sqlite;
        if (_isFile)
        {
            this.UseSqlite(Path.Combine(_folder.FullName, "mlops.db"));
        }
        else
        {
            Drop();
            this.UsePostgreSql(options => (options.ConnectionString, options.Schema) = (Server!, Schema));
        }

        _provider = Services.BuildServiceProvider();
    }

    /// <summary>The databases that are there.</summary>
    public static IEnumerable<string> Databases => Server is null ? [Sqlite] : [Sqlite, "PostgreSQL"];

    public IServiceCollection Services { get; } = new ServiceCollection();

    private static string? Server => Environment.GetEnvironmentVariable("MLOPS_TEST_POSTGRES");

    public T Store<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public void Dispose()
    {
        _provider.Dispose();
        _folder.Delete(recursive: true);
        if (!_isFile)
        {
            Drop();
        }
    }

    private static void Drop()
    {
        using var source = NpgsqlDataSource.Create(Server!);
        using var command = source.CreateCommand($"DROP SCHEMA IF EXISTS {Schema} CASCADE");
        command.ExecuteNonQuery();
    }
}
