using System.CommandLine;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary>Writes rows as a file of the format that its name says.</summary>
internal static class DataWriter
{
    private static readonly string[] Extensions = [".parquet", ".csv", ".jsonl", ".arrow"];

    /// <summary>An option for a file to write, refused before any work when nothing can be written under its name.</summary>
    public static Option<string?> Option(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Extensions.Contains(Path.GetExtension(token.Value).ToLowerInvariant()))
            {
                result.AddError($"'{token.Value}' is of no format that can be written; those are: {string.Join(", ", Extensions)}.");
            }
        });
        return option;
    }

    /// <summary>Writes the rows; null when there is nowhere to write them.</summary>
    public static async Task<long?> WriteAsync(Dataset dataset, string? path, CancellationToken cancellationToken) => path is null
        ? null
        : Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".parquet" => await dataset.WriteParquetAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false),
            ".csv" => await dataset.WriteCsvAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false),
            ".jsonl" => await dataset.WriteJsonLinesAsync(path, cancellationToken).ConfigureAwait(false),
            _ => await dataset.WriteArrowAsync(path, cancellationToken).ConfigureAwait(false),
        };
}
