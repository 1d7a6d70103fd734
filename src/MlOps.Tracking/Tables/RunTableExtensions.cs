using System.Text.Json;
using MlOps.Data;

namespace MlOps.Tracking;

/// <summary>Stores tables with a run, such as predictions beside what was true, and reads them again.</summary>
public static class RunTableExtensions
{
    /// <summary>Stores a data set as a table: JSON in the form of MLflow's <c>log_table</c>.</summary>
    /// <remarks>
    /// The rows are streamed through a temporary file: memory stays bounded. Times are written by ISO 8601 in UTC; NaN and the
    /// infinities, which JSON lacks, as texts. For tables of millions of rows store a data version, or a Parquet file with
    /// <c>LogFileAsync</c>.
    /// </remarks>
    /// <param name="run">The run.</param>
    /// <param name="path">The file, ending with <c>.json</c>.</param>
    /// <param name="table">The rows.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>, or the rows cannot be read.</exception>
    public static Task LogTableAsync(this IRun run, string path, Dataset table, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return StoreAsync(run, path, json => TableWriter.WriteAsync(json, table, cancellationToken), cancellationToken);
    }

    /// <summary>Stores rows as a table.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file, ending with <c>.json</c>.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">The rows, each with a cell for every column: texts, numbers, truth values, times, null.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="ArgumentException">A row has too few or too many cells, or a cell has no form in JSON.</exception>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>.</exception>
    public static Task LogTableAsync(
        this IRun run,
        string path,
        IReadOnlyList<string> columns,
        IEnumerable<IReadOnlyList<object?>> rows,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        return StoreAsync(run, path, WriteAsync, cancellationToken);

        async Task WriteAsync(Utf8JsonWriter json)
        {
            TableWriter.Begin(json, columns);
            var number = 0;
            foreach (var row in rows)
            {
                if (row.Count != columns.Count)
                {
                    throw new ArgumentException(
                        $"Row {number} of '{path}' has {row.Count} cells; give one for each of the {columns.Count} columns.", nameof(rows));
                }

                PlainJson.Write(json, row, $"row {number++}");
                await TableWriter.FlushAsync(json, cancellationToken).ConfigureAwait(false);
            }

            TableWriter.End(json);
        }
    }

    /// <summary>Reads a table that a run left, whoever wrote it in this form.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.RunNotFound"/>, <see cref="ErrorCodes.FileNotFound"/>; <see cref="ErrorCodes.FileCorrupt"/>: the file is no
    /// table.
    /// </exception>
    public static async Task<RunTable> ReadTableAsync(
        this IExperimentTracker tracker, RunId run, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        var content = await tracker.OpenArtifactAsync(run, path, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            try
            {
                using var document = await JsonDocument.ParseAsync(content, cancellationToken: cancellationToken).ConfigureAwait(false);
                return RunTable.Parse(document.RootElement);
            }
            catch (JsonException error)
            {
                throw new MlOpsException(ErrorCodes.FileCorrupt, $"The file '{path}' of run {run} is not a table: {error.Message}", error);
            }
        }
    }

    private static async Task StoreAsync(IRun run, string path, Func<Utf8JsonWriter, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var normal = JsonPath.Check(path);
        var content = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            });
        await using (content.ConfigureAwait(false))
        {
            var json = new Utf8JsonWriter(content, RunDictionaryExtensions.Indented with { Indented = false });
            await using (json.ConfigureAwait(false))
            {
                await write(json).ConfigureAwait(false);
            }

            content.Position = 0;
            await run.LogArtifactAsync(normal, content, cancellationToken).ConfigureAwait(false);
        }
    }
}
