using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Cli.Data;
using MlOps.Data;

namespace MlOps.Cli.Drift;

/// <summary>Opens what a command line names: a file of a known format, or a data version of the workspace.</summary>
internal static class DatasetArgument
{
    /// <summary>Opens a file, or a data version of the workspace; disposing the result closes the workspace.</summary>
    public static async Task<OpenedDataset> OpenDatasetAsync(this ParseResult parsed, string text, CancellationToken cancellationToken)
    {
        if (File.Exists(text) || text.AsSpan().ContainsAny('/', '\\') || Path.HasExtension(text))
        {
            return new OpenedDataset(parsed.OpenFile(text), null);
        }

        var workspace = parsed.OpenWorkspace();
        return new OpenedDataset(await workspace.Data.OpenAsync(text, cancellationToken).ConfigureAwait(false), workspace);
    }

    /// <summary>The formats of files that the commands know.</summary>
    public static IReadOnlyList<IDatasetFormat> Formats()
    {
        using var services = new FormatBuilder().AddData().UseParquet().Services.BuildServiceProvider();
        return [.. services.GetServices<IDatasetFormat>()];
    }

    /// <summary>Opens a file, with what the command line says of files of text.</summary>
    public static Dataset OpenFile(this ParseResult parsed, string path)
    {
        if (!File.Exists(path))
        {
            throw new MlOpsException(ErrorCodes.FileNotFound, $"The file '{path}' does not exist{Nearest(path)}");
        }

        var formats = Formats();
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension is ".csv" or ".tsv" || parsed.SaysCsv())
        {
            return Dataset.FromCsv(path, parsed.Csv());
        }

        if (extension is ".jsonl" or ".ndjson")
        {
            return Dataset.FromJsonLines(path, parsed.JsonLines());
        }

        var format = formats.FirstOrDefault(format => format.Extensions.Contains(extension))
            ?? throw new MlOpsException(
                ErrorCodes.FormatUnknown,
                $"'{path}' is of no known format; the known ones are: {string.Join(", ", formats.SelectMany(known => known.Extensions))}.");
        return format.Open(Path.GetFileNameWithoutExtension(path), _ => Task.FromResult<Stream>(File.OpenRead(path)));
    }

    private static string Nearest(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var nearest = Directory.Exists(folder)
            ? NearestName.Of(Path.GetFileName(path), Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))) : null;
        return nearest is null ? "." : $"; did you mean '{nearest}'?";
    }

    private sealed class FormatBuilder : IMlOpsBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
