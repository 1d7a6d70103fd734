using MlOps.Data;

namespace MlOps.Parquet;

/// <summary>Opens <c>.parquet</c> files as data sets.</summary>
public sealed class ParquetDatasetFormat : IDatasetFormat
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".parquet", ".pq"];

    /// <inheritdoc/>
    public Dataset Open(string name, Func<CancellationToken, Task<Stream>> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new Dataset(name, new ParquetSource(name, open));
    }
}
