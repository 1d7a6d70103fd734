using MlOps.Data.Sources;
using MlOps.Data.Sources.Csv;
using MlOps.Data.Sources.JsonLines;

namespace MlOps.Data.Checks.Storage;

/// <summary>Opens the data files that a check file names, from its folder on.</summary>
internal sealed class OtherDatasets(string folder, IEnumerable<IDatasetFormat> formats)
{
    private readonly IReadOnlyList<IDatasetFormat> _formats = [.. formats, new CsvDatasetFormat(), new JsonLinesDatasetFormat(), new ArrowDatasetFormat()];

    /// <exception cref="ArgumentException">There is no such file, or it is of no known format.</exception>
    public OtherDataset Open(string data)
    {
        if (data.Contains("://", StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{data}' is no path: a check file names other data by files beside it.");
        }

        var path = Path.GetFullPath(Path.Combine(folder, data));
        if (!File.Exists(path))
        {
            throw new ArgumentException($"There is no file '{path}': paths start at the folder of the check file.");
        }

        var extension = Path.GetExtension(path).ToLowerInvariant();
        var format = _formats.FirstOrDefault(known => known.Extensions.Contains(extension)) ?? throw new ArgumentException(
            $"'{data}' is of no known format; the known ones are: {string.Join(", ", _formats.SelectMany(known => known.Extensions).Distinct(StringComparer.Ordinal))}. Give others to LoadAsync.");
        return new OtherDataset(format.Open(Path.GetFileNameWithoutExtension(path), SourceFile.Opener(path)), path);
    }
}
