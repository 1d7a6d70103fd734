using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;
using Sylvan.Data.Csv;

namespace MlOps.Data.Sources;

/// <summary>Rows of a CSV file, typed by its first rows or by its caller.</summary>
internal sealed class CsvSource : IDatasetSource
{
    private readonly Func<CancellationToken, Task<Stream>> _open;
    private readonly string _where;
    private readonly CsvOptions _options;
    private Schema? _schema;

    public CsvSource(string where, Func<CancellationToken, Task<Stream>> open, CsvOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InferenceRows, 1, nameof(options));
        (_where, _open, _options) = (where, open, options);
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default)
    {
        if (_schema is { } known)
        {
            return known;
        }

        var reader = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var names = Names(reader);
            var candidates = names.Select(_ => new CsvTypeInference()).ToArray();
            for (var row = 0; row < _options.InferenceRows && await NextAsync(reader, row, cancellationToken).ConfigureAwait(false); row++)
            {
                CheckWidth(reader, names, row);
                for (var i = 0; i < names.Length; i++)
                {
                    var cell = reader.GetFieldSpan(i);
                    if (!IsMissing(cell))
                    {
                        candidates[i].See(cell);
                    }
                }
            }

            foreach (var column in _options.Types.Keys.Where(column => !names.Contains(column, StringComparer.Ordinal)))
            {
                var nearest = NearestName.Of(column, names);
                throw new MlOpsException(ErrorCodes.ColumnNotFound, $"'{_where}' has no column '{column}', for which a type was given.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} Its columns are: {string.Join(", ", names)}.");
            }

            return _schema = new Schema([.. names.Select((name, i) => new Field(name, _options.Types.TryGetValue(name, out var type) ? CsvTypes.ArrowType(type) : candidates[i].Type, true))], metadata: null);
        }
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var left = options.Limit ?? long.MaxValue;
        var all = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        var schema = BatchShaping.Select(all, options.Columns);
        int[] ordinals = [.. schema.FieldsList.Select(field => all.GetFieldIndex(field.Name, StringComparer.Ordinal))];
        var reader = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var names = Names(reader);
            var row = 0L;
            for (; row < options.Offset; row++)
            {
                if (!await NextAsync(reader, row, cancellationToken).ConfigureAwait(false))
                {
                    yield break;
                }
            }

            while (left > 0)
            {
                ColumnAppender[] appenders = [.. schema.FieldsList.Select(ColumnAppender.For)];
                var count = 0;
                var ended = false;
                var wanted = (int)Math.Min(left, options.BatchSize);
                while (count < wanted)
                {
                    if (!await NextAsync(reader, row, cancellationToken).ConfigureAwait(false))
                    {
                        ended = true;
                        break;
                    }

                    CheckWidth(reader, names, row);
                    AppendRow(reader, schema, ordinals, appenders, row);
                    row++;
                    count++;
                }

                left -= count;
                if (count > 0)
                {
                    yield return new RecordBatch(schema, appenders.Select(appender => appender.Build()).ToArray(), count);
                }

                if (ended)
                {
                    yield break;
                }
            }
        }
    }

    private void AppendRow(CsvDataReader reader, Schema schema, int[] ordinals, ColumnAppender[] appenders, long row)
    {
        for (var i = 0; i < ordinals.Length; i++)
        {
            var cell = reader.GetFieldSpan(ordinals[i]);
            var field = schema.GetFieldByIndex(i);
            if (IsMissing(cell))
            {
                appenders[i].AppendMissing();
            }
            else if (!CsvTypes.TryAppend(appenders[i], field.DataType, cell))
            {
                throw new MlOpsException(
                    ErrorCodes.FileCorrupt,
                    $"'{_where}', row {row + 1}, column '{field.Name}': '{Shortened(cell)}' is not {CsvTypes.Describe(field.DataType)}. Correct the cell, name it in CsvOptions.MissingValues, or give the column another type in CsvOptions.Types (types are inferred from the first {_options.InferenceRows} rows).");
            }
        }
    }

    private static string Shortened(ReadOnlySpan<char> cell) => cell.Length <= 80 ? cell.ToString() : string.Concat(cell[..77], "...");

    private bool IsMissing(ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty)
        {
            return true;
        }

        foreach (var missing in _options.MissingValues)
        {
            if (cell.SequenceEqual(missing))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<CsvDataReader> OpenAsync(CancellationToken cancellationToken)
    {
        var stream = await _open(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CsvDataReader.CreateAsync(
                new StreamReader(stream),
                new CsvDataReaderOptions
                {
                    Delimiter = _options.Delimiter,
                    HasHeaders = _options.HasHeader,
                    Culture = CultureInfo.InvariantCulture,
                    BufferSize = 64 * 1024,
                    MaxBufferSize = 16 * 1024 * 1024,
                    ResultSetMode = ResultSetMode.SingleResult,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is CsvFormatException or CsvMissingHeadersException or System.Data.DuplicateNameException or System.IO.InvalidDataException)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw Corrupt(error, 0);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private string[] Names(CsvDataReader reader)
    {
        var names = new string[reader.FieldCount];
        for (var i = 0; i < names.Length; i++)
        {
            var name = _options.HasHeader ? reader.GetName(i) : "";
            names[i] = string.IsNullOrWhiteSpace(name) ? $"column{i + 1}" : name.Trim();
        }

        var repeated = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return repeated is null ? names : throw new MlOpsException(ErrorCodes.FileCorrupt, $"'{_where}' has two columns named '{repeated.Key}': rename one in the first line.");
    }

    private void CheckWidth(CsvDataReader reader, string[] names, long row)
    {
        if (reader.RowFieldCount != names.Length)
        {
            throw new MlOpsException(
                ErrorCodes.FileCorrupt,
                $"'{_where}', row {row + 1} has {reader.RowFieldCount} cells where the file has {names.Length} columns: a delimiter or a quote is missing or too many there.");
        }
    }

    private async ValueTask<bool> NextAsync(CsvDataReader reader, long row, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is CsvFormatException or CsvRecordTooLargeException or InvalidDataException)
        {
            throw Corrupt(error, row + 1);
        }
    }

    private MlOpsException Corrupt(Exception error, long row) => new(
        ErrorCodes.FileCorrupt, $"'{_where}', row {row}: the CSV cannot be read ({error.Message}) Check the quotes and the delimiter ('{_options.Delimiter}').", error);
}
