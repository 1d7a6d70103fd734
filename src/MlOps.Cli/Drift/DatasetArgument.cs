using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Data;

namespace MlOps.Cli.Drift;

/// <summary>Opens what a command line names: a file of a known format, or a data version of the workspace.</summary>
internal static class DatasetArgument
{
    /// <summary>Opens a file, or a data version of the workspace; disposing the result closes the workspace.</summary>
    public static async Task<OpenedDataset> OpenDatasetAsync(this ParseResult parsed, string text, CancellationToken cancellationToken)
    {
        if (File.Exists(text))
        {
            return new OpenedDataset(OpenFile(text), null);
        }

        if (text.AsSpan().ContainsAny('/', '\\') || Path.HasExtension(text))
        {
            throw new MlOpsException(ErrorCodes.FileNotFound, $"The file '{text}' does not exist.");
        }

        var workspace = parsed.OpenWorkspace();
        return new OpenedDataset(await workspace.Data.OpenAsync(text, cancellationToken).ConfigureAwait(false), workspace);
    }

    private static Dataset OpenFile(string path)
    {
        using var services = new FormatBuilder().AddData().UseParquet().Services.BuildServiceProvider();
        var formats = services.GetServices<IDatasetFormat>().ToList();
        var extension = Path.GetExtension(path).ToLowerInvariant();
        var format = formats.FirstOrDefault(format => format.Extensions.Contains(extension))
            ?? throw new MlOpsException(
                ErrorCodes.FormatUnknown,
                $"'{path}' is of no known format; the known ones are: {string.Join(", ", formats.SelectMany(known => known.Extensions))}.");
        return format.Open(Path.GetFileNameWithoutExtension(path), _ => Task.FromResult<Stream>(File.OpenRead(path)));
    }

    private sealed class FormatBuilder : IMlOpsBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
