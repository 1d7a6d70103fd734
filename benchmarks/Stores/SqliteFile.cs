using Microsoft.Extensions.DependencyInjection;

namespace MlOps.Benchmarks;

/// <summary>The SQLite stores over a database file that goes with it.</summary>
internal sealed class SqliteFile : IMlOpsBuilder, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-benchmark-");
    private readonly ServiceProvider _provider;

    public SqliteFile()
    {
        this.UseSqlite(Path.Combine(_folder.FullName, "mlops.db"));
        _provider = Services.BuildServiceProvider();
    }

    public IServiceCollection Services { get; } = new ServiceCollection();

    public T Store<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public void Dispose()
    {
        _provider.Dispose();
        _folder.Delete(recursive: true);
    }
}
