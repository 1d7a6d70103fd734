using MlOps.Conformance;
using MlOps.Data;
using MlOps.Features;
using MlOps.Monitoring;
using MlOps.Pipelines;
using MlOps.Registry;
using MlOps.Storage;
using MlOps.Tracking;

namespace MlOps.Testing.Tests;

public sealed class InMemoryRunStoreTests : RunStoreConformance
{
    protected override Task<(IRunStore Store, IRunReader Reader)> CreateAsync()
    {
        var store = new InMemoryRunStore();
        return Task.FromResult<(IRunStore, IRunReader)>((store, store));
    }
}

public sealed class InMemoryModelStoreTests : ModelStoreConformance
{
    protected override Task<(IModelStore Store, IAuditLog Audit)> CreateAsync()
    {
        var store = new InMemoryModelStore();
        return Task.FromResult<(IModelStore, IAuditLog)>((store, store));
    }
}

public sealed class InMemoryBlobStoreTests : BlobStoreConformance
{
    protected override Task<IBlobStore> CreateAsync() => Task.FromResult<IBlobStore>(new InMemoryBlobStore());
}

public sealed class InMemoryDataVersionStoreTests : DataVersionStoreConformance
{
    protected override Task<IDataVersionStore> CreateAsync() => Task.FromResult<IDataVersionStore>(new InMemoryDataVersionStore());
}

public sealed class InMemoryOnlineStoreTests : OnlineStoreConformance
{
    protected override Task<IOnlineStore> CreateAsync() => Task.FromResult<IOnlineStore>(new InMemoryOnlineStore());
}

public sealed class InMemoryPipelineStoreTests : PipelineStoreConformance
{
    protected override Task<IPipelineStore> CreateAsync() => Task.FromResult<IPipelineStore>(new InMemoryPipelineStore());
}

public sealed class InMemoryPredictionLogTests : PredictionLogConformance
{
    protected override Task<IPredictionLog> CreateAsync() => Task.FromResult<IPredictionLog>(new InMemoryPredictionLog());
}

public sealed class InMemoryMonitorStoreTests : MonitorStoreConformance
{
    protected override Task<IMonitorStore> CreateAsync() => Task.FromResult<IMonitorStore>(new InMemoryMonitorStore());
}

public sealed class InMemoryMetricHistoryTests : MetricHistoryConformance
{
    protected override Task<IMetricHistory> CreateAsync() => Task.FromResult<IMetricHistory>(new InMemoryMetricHistory());
}
