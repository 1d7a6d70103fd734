namespace MlOps.Data.Sources;

/// <summary>Arrow IPC files.</summary>
internal sealed class ArrowDatasetFormat : IDatasetFormat
{
    public IReadOnlyList<string> Extensions { get; } = [".arrow", ".feather"];

    public Dataset Open(string name, Func<CancellationToken, Task<Stream>> open) => Dataset.FromArrow(name, open);
}
