using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace MlOps.Benchmarks;

/// <summary>Tracking over an SQLite file and a folder for blobs, as a workspace has them; a folder of its own goes with it.</summary>
internal sealed class TrackedFolder : IMlOpsBuilder, IDisposable
{
    private readonly bool _own;
    private readonly ServiceProvider _provider;

    public TrackedFolder(string? folder = null)
    {
        _own = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("mlops-benchmark-").FullName;
        this.UseSqlite(DatabasePath).UseLocalFiles(Folder).AddTracking();
        _provider = Services.BuildServiceProvider();
    }

    public string Folder { get; }

    public string DatabasePath => Path.Combine(Folder, "mlops.db");

    public IServiceCollection Services { get; } = new ServiceCollection();

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>The bytes of the database once its log is carried into it.</summary>
    public long Length()
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
        return new FileInfo(DatabasePath).Length;
    }

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        _provider.Dispose();
        if (_own)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
