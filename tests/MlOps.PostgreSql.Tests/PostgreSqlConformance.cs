using Microsoft.Extensions.DependencyInjection;
using MlOps.Conformance;
using MlOps.Data;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Pipelines;
using MlOps.Registry;
using MlOps.Tracking;

namespace MlOps.PostgreSql.Tests;

public sealed class PostgreSqlRunStoreTests : RunStoreConformance, IDisposable
{
    private readonly TemporarySchema _schema = new();

    public void Dispose() => _schema.Dispose();

    protected override Task<(IRunStore Store, IRunReader Reader)> CreateAsync() =>
        Task.FromResult((_schema.Services.GetRequiredService<IRunStore>(), _schema.Services.GetRequiredService<IRunReader>()));
}

public sealed class PostgreSqlModelStoreTests : ModelStoreConformance, IDisposable
{
    private readonly TemporarySchema _schema = new();

    public void Dispose() => _schema.Dispose();

    protected override Task<(IModelStore Store, IAuditLog Audit)> CreateAsync() =>
        Task.FromResult((_schema.Services.GetRequiredService<IModelStore>(), _schema.Services.GetRequiredService<IAuditLog>()));
}

public sealed class PostgreSqlDataVersionStoreTests : DataVersionStoreConformance, IDisposable
{
    private readonly TemporarySchema _schema = new();

    public void Dispose() => _schema.Dispose();

    protected override Task<IDataVersionStore> CreateAsync() => Task.FromResult(_schema.Services.GetRequiredService<IDataVersionStore>());
}

public sealed class PostgreSqlOnlineStoreTests : OnlineStoreConformance, IDisposable
{
    private readonly TemporarySchema _schema = new();

    public void Dispose() => _schema.Dispose();

    protected override Task<IOnlineStore> CreateAsync() => Task.FromResult(_schema.Services.GetRequiredService<IOnlineStore>());
}

public sealed class PostgreSqlPipelineStoreTests : PipelineStoreConformance, IDisposable
{
    private readonly TemporarySchema _schema = new();

    public void Dispose() => _schema.Dispose();

    protected override Task<IPipelineStore> CreateAsync() => Task.FromResult(_schema.Services.GetRequiredService<IPipelineStore>());
}

public sealed class PostgreSqlPredictionLogTests : PredictionLogConformance, IDisposable
{
    private readonly TemporarySchema _schema = new();

    public void Dispose() => _schema.Dispose();

    protected override Task<IPredictionLog> CreateAsync() => Task.FromResult(_schema.Services.GetRequiredService<IPredictionLog>());
}

public sealed class PostgreSqlMonitorStoreTests : MonitorStoreConformance, IDisposable
{
    private readonly TemporarySchema _schema = new();

    public void Dispose() => _schema.Dispose();

    protected override Task<IMonitorStore> CreateAsync() => Task.FromResult(_schema.Services.GetRequiredService<IMonitorStore>());
}

public sealed class PostgreSqlMetricHistoryTests : MetricHistoryConformance, IDisposable
{
    private readonly TemporarySchema _schema = new();

    public void Dispose() => _schema.Dispose();

    protected override Task<IMetricHistory> CreateAsync() => Task.FromResult(_schema.Services.GetRequiredService<IMetricHistory>());
}
