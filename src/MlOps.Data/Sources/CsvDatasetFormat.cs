namespace MlOps.Data.Sources;

/// <summary>Comma-separated files with a header.</summary>
internal sealed class CsvDatasetFormat : IDatasetFormat
{
    public IReadOnlyList<string> Extensions { get; } = [".csv"];

    public Dataset Open(string name, Func<CancellationToken, Task<Stream>> open) => new(name, new CsvSource(name, open, new CsvOptions()));
}
