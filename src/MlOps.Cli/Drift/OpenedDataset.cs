using MlOps.Data;

namespace MlOps.Cli.Drift;

/// <summary>A data set with the workspace that it may come from.</summary>
internal sealed record OpenedDataset(Dataset Dataset, Workspace? Workspace) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Workspace?.DisposeAsync() ?? ValueTask.CompletedTask;
}
