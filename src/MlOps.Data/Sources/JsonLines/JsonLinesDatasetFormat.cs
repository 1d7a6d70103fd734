namespace MlOps.Data.Sources.JsonLines;

/// <summary>Files with a JSON object a line.</summary>
internal sealed class JsonLinesDatasetFormat : IDatasetFormat
{
    public IReadOnlyList<string> Extensions { get; } = [".jsonl", ".ndjson"];

    public Dataset Open(string name, Func<CancellationToken, Task<Stream>> open) => new(name, new JsonLinesSource(name, open, new JsonLinesOptions()));
}
