using Microsoft.Extensions.DependencyInjection;
using MlOps.Conformance;
using MlOps.Data;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Pipelines;
using MlOps.Registry;
using MlOps.Tracking;

namespace MlOps.Sqlite.Tests;

public sealed class SqliteRunStoreTests : RunStoreConformance, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override Task<(IRunStore Store, IRunReader Reader)> CreateAsync() =>
        Task.FromResult((_database.Services.GetRequiredService<IRunStore>(), _database.Services.GetRequiredService<IRunReader>()));
}

public sealed class SqliteModelStoreTests : ModelStoreConformance, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override Task<(IModelStore Store, IAuditLog Audit)> CreateAsync() =>
        Task.FromResult((_database.Services.GetRequiredService<IModelStore>(), _database.Services.GetRequiredService<IAuditLog>()));
}

public sealed class SqliteDataVersionStoreTests : DataVersionStoreConformance, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override Task<IDataVersionStore> CreateAsync() => Task.FromResult(_database.Services.GetRequiredService<IDataVersionStore>());
}

public sealed class SqliteOnlineStoreTests : OnlineStoreConformance, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override Task<IOnlineStore> CreateAsync() => Task.FromResult(_database.Services.GetRequiredService<IOnlineStore>());
}

public sealed class SqlitePipelineStoreTests : PipelineStoreConformance, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override Task<IPipelineStore> CreateAsync() => Task.FromResult(_database.Services.GetRequiredService<IPipelineStore>());
}

public sealed class SqlitePredictionLogTests : PredictionLogConformance, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override Task<IPredictionLog> CreateAsync() => Task.FromResult(_database.Services.GetRequiredService<IPredictionLog>());
}

public sealed class SqliteMonitorStoreTests : MonitorStoreConformance, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override Task<IMonitorStore> CreateAsync() => Task.FromResult(_database.Services.GetRequiredService<IMonitorStore>());
}

public sealed class SqliteMetricHistoryTests : MetricHistoryConformance, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override Task<IMetricHistory> CreateAsync() => Task.FromResult(_database.Services.GetRequiredService<IMetricHistory>());
}
