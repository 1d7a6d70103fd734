namespace MlOps.Data.Sources.Csv;

/// <summary>Delimited files whose dialect is found out.</summary>
internal sealed class CsvDatasetFormat : IDatasetFormat
{
    public IReadOnlyList<string> Extensions { get; } = [".csv", ".tsv"];

    public Dataset Open(string name, Func<CancellationToken, Task<Stream>> open) => new(name, new CsvSource(name, open, new CsvOptions()));
}
