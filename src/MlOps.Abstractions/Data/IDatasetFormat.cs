namespace MlOps.Data;

/// <summary>A file format that data sets can be read from, found by the file's extension.</summary>
public interface IDatasetFormat
{
    /// <summary>The file extensions it reads, lower-case with the dot, such as <c>.parquet</c>.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Makes a data set over a file; nothing is read yet.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="open">Opens the file's bytes as a seekable stream, anew at each call.</param>
    Dataset Open(string name, Func<CancellationToken, Task<Stream>> open);
}
