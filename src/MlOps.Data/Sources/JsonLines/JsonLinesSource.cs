using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Data.Sources.Text;

namespace MlOps.Data.Sources.JsonLines;

/// <summary>Rows of a JSON Lines file; a key that a row lacks is missing there.</summary>
internal sealed class JsonLinesSource : IDatasetSource
{
    private readonly Func<CancellationToken, Task<Stream>> _open;
    private readonly string _where;
    private readonly JsonLinesOptions _options;
    private Known? _known;

    public JsonLinesSource(string where, Func<CancellationToken, Task<Stream>> open, JsonLinesOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InferenceRows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRowBytes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxRowBytes, 256 * 1024 * 1024, nameof(options));
        (_where, _open, _options) = (where, open, options);
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => (await KnowAsync(cancellationToken).ConfigureAwait(false)).Schema;

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (options.Limit <= 0)
        {
            yield break;
        }

        var known = await KnowAsync(cancellationToken).ConfigureAwait(false);
        var parser = new JsonLinesParser(known.Columns, BatchShaping.Select(known.Schema, options.Columns), _options);
        var reader = await OpenAsync(known.Encoding, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await foreach (var batch in parser.ReadAsync(_where, reader, options, cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
        }
    }

    private async ValueTask<Known> KnowAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known)
        {
            return known;
        }

        // JSON is Unicode: without a mark it is UTF-8, and reading says where it is not.
        var encoding = await TextEncoding.SampleAsync(_open, (sample, length, isWhole) => TextEncoding.Detect(sample.AsSpan(0, length), isWhole, null), cancellationToken).ConfigureAwait(false);
        encoding = encoding.Encoding is UTF8Encoding or UnicodeEncoding or UTF32Encoding ? encoding : TextEncoding.Detect([], isWhole: true, given: null);
        List<(string Name, JsonColumnInference Values)> keys = [];
        Dictionary<string, JsonColumnInference> byName = new(StringComparer.Ordinal);
        var reader = await OpenAsync(encoding, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var seen = 0L;
            while (seen < _options.InferenceRows && await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
            {
                using (chunk)
                {
                    var position = chunk.Start;
                    var before = seen;
                    while (seen < _options.InferenceRows && JsonLinesParser.NextLine(chunk.Bytes, ref position, out var start, out var length))
                    {
                        if (See(chunk.Bytes.Slice(start, length), start, seen - before, keys, byName) is { } fault)
                        {
                            throw fault.ToException(_where, chunk, before);
                        }

                        seen++;
                    }
                }
            }
        }

        List<JsonColumn> columns = [.. keys.Select(key => new JsonColumn(key.Name, _options.Types.TryGetValue(key.Name, out var given) ? given : key.Values.Type))];
        columns.AddRange(_options.Types.Where(given => !byName.ContainsKey(given.Key)).Select(given => new JsonColumn(given.Key, given.Value)));
        if (columns.Count == 0)
        {
            throw new MlOpsException(ErrorCodes.FileCorrupt, $"'{_where}' has no object with a key in its first {_options.InferenceRows} rows, so it has no columns: a JSON Lines file has an object a line.");
        }

        return _known = new Known(encoding, new Schema([.. columns.Select(column => new Field(column.Name, CellText.ArrowType(column.Type), true))], metadata: null), columns);
    }

    private static TextFault? See(ReadOnlySpan<byte> line, int start, long row, List<(string, JsonColumnInference)> keys, Dictionary<string, JsonColumnInference> byName)
    {
        string? name = null;
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return JsonLinesParser.Fault(new JsonException($"A {reader.TokenType} stands where an object must begin."), line, start, row, null);
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                name = null;
                name = reader.GetString()!;
                if (!byName.TryGetValue(name, out var values))
                {
                    byName.Add(name, values = new JsonColumnInference());
                    keys.Add((name, values));
                }

                reader.Read();
                values.See(ref reader, row);
                reader.Skip();
            }

            return reader.Read() ? JsonLinesParser.Fault(new JsonException("More follows after the object."), line, start, row, null) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return JsonLinesParser.Fault(error, line, start, row, name);
        }
    }

    private async ValueTask<TextChunkReader> OpenAsync(TextEncoding encoding, CancellationToken cancellationToken)
    {
        var stream = await encoding.OpenAsync(await _open(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return new TextChunkReader(_where, stream, JsonLinesParser.RowsEnd, _options.MaxRowBytes, 0, encoding.MarkLength);
    }

    private sealed record Known(TextEncoding Encoding, Schema Schema, IReadOnlyList<JsonColumn> Columns);
}
