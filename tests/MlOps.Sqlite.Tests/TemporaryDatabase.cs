using Microsoft.Extensions.DependencyInjection;

namespace MlOps.Sqlite.Tests;

internal sealed class TemporaryDatabase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-sqlite-").FullName;
    private readonly List<ServiceProvider> _opened = [];

    public TemporaryDatabase() => DatabasePath = Path.Combine(_folder, "mlops.db");

    public string DatabasePath { get; }

    public IServiceProvider Services => _opened.Count > 0 ? _opened[0] : Open();

    public IServiceProvider Open(TimeSpan? busyTimeout = null)
    {
        var builder = new Builder();
        builder.UseSqlite(options =>
        {
            options.DatabasePath = DatabasePath;
            options.BusyTimeout = busyTimeout ?? options.BusyTimeout;
        });
        var provider = builder.Services.BuildServiceProvider();
        _opened.Add(provider);
        return provider;
    }

    public void Dispose()
    {
        foreach (var provider in _opened)
        {
            provider.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Builder : IMlOpsBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
