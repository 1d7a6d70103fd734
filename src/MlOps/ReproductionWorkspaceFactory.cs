using Microsoft.Extensions.DependencyInjection;
using MlOps.Data;
using MlOps.Storage;
using MlOps.Tracking;

namespace MlOps;

/// <summary>Reproduces runs in workspaces on embedded stores.</summary>
internal sealed class ReproductionWorkspaceFactory : IReproductionWorkspaceFactory
{
    public IReproductionWorkspace Open(string folder)
    {
        var services = new ServiceCollection();
        // Before the workspace's own, which in a process that itself reproduces a run would be that run's.
        services.AddSingleton(_ => WorkspaceFolder.FindOrCreateIn(folder));
        services.AddMlOps(workspacePath: folder);
        return new ReproductionWorkspace(services.BuildServiceProvider());
    }

    private sealed class ReproductionWorkspace(ServiceProvider services) : IReproductionWorkspace
    {
        public IExperimentTracker Tracking { get; } = services.GetRequiredService<IExperimentTracker>();

        public IDataVersionStore Data { get; } = services.GetRequiredService<IDataVersionStore>();

        public IBlobStore Blobs { get; } = services.GetRequiredService<IBlobStore>();

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }
}
