using MlOps.Data;
using MlOps.Storage;
using MlOps.Testing;

namespace MlOps.Tracking.Tests;

/// <summary>Hands out one workspace in memory.</summary>
internal sealed class InMemoryWorkspaces : IReproductionWorkspaceFactory, IReproductionWorkspace
{
    private readonly InMemoryRunStore _runs = new();

    public InMemoryWorkspaces() =>
        Tracking = new ExperimentTracker(_runs, _runs, Blobs, options: new TrackingOptions { MaximumDiffBytes = 0 });

    public IExperimentTracker Tracking { get; }

    public IDataVersionStore Data { get; } = new InMemoryDataVersionStore();

    public IBlobStore Blobs { get; } = new InMemoryBlobStore();

    public IReproductionWorkspace Open(string folder)
    {
        Directory.CreateDirectory(folder);
        return this;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
