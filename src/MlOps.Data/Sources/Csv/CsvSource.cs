using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Data.Sources.Text;

namespace MlOps.Data.Sources.Csv;

/// <summary>Rows of a CSV file, typed by its first rows or by its caller.</summary>
internal sealed class CsvSource : IDatasetSource
{
    private readonly Func<CancellationToken, Task<Stream>> _open;
    private readonly string _where;
    private readonly CsvOptions _options;
    private Known? _known;

    public CsvSource(string where, Func<CancellationToken, Task<Stream>> open, CsvOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InferenceRows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRowBytes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxRowBytes, 256 * 1024 * 1024, nameof(options));
        foreach (var character in new[] { options.Delimiter, options.Quote, options.DecimalSeparator, options.ThousandsSeparator })
        {
            if (character is { } given && !CsvDialect.IsStructure(given))
            {
                throw new ArgumentException($"'{given}' cannot stand between or around cells or digits: give an ASCII character that ends no line and is no letter or digit.", nameof(options));
            }
        }

        if (options.Delimiter is { } delimiter && delimiter == (options.Quote ?? '"'))
        {
            throw new ArgumentException("The delimiter and the quote are the same character: give another Quote.", nameof(options));
        }

        (_where, _open, _options) = (where, open, options);
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => (await KnowAsync(cancellationToken).ConfigureAwait(false)).Schema;

    public async Task<CsvFormat> GetFormatAsync(CancellationToken cancellationToken)
    {
        var known = await KnowAsync(cancellationToken).ConfigureAwait(false);
        return known.Layout.Format(known.Columns);
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (options.Limit <= 0)
        {
            yield break;
        }

        var known = await KnowAsync(cancellationToken).ConfigureAwait(false);
        var schema = BatchShaping.Select(known.Schema, options.Columns);
        (int Ordinal, CellType Type)[] columns = [.. schema.FieldsList.Select(field => known.Schema.GetFieldIndex(field.Name, StringComparer.Ordinal)).Select(ordinal => (ordinal, known.Columns[ordinal].Type))];
        var parser = new CsvParser(known.Layout, schema, columns, _options.InferenceRows);
        var reader = await OpenAsync(known.Layout, cancellationToken).ConfigureAwait(false);
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

        var layout = await TextEncoding.SampleAsync(_open, (sample, length, isWhole) => new CsvDetection(_where, _options).Detect(sample.AsSpan(0, length), isWhole), cancellationToken).ConfigureAwait(false);
        var types = layout.Names.Select(_ => new CellTypeInference(layout.Rules)).ToArray();
        var reader = await OpenAsync(layout, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var seen = 0L;
            while (seen < _options.InferenceRows && await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
            {
                using (chunk)
                {
                    seen += See(chunk, layout, types, seen);
                }
            }
        }

        if (_options.Types.Keys.FirstOrDefault(column => !layout.Names.Contains(column, StringComparer.Ordinal)) is { } missing)
        {
            var nearest = NearestName.Of(missing, layout.Names);
            throw new MlOpsException(
                ErrorCodes.ColumnNotFound,
                $"'{_where}' has no column '{missing}', for which a type was given.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} Its columns are: {string.Join(", ", layout.Names)}.");
        }

        CsvFormatColumn[] columns =
        [
            .. layout.Names.Select((name, i) => _options.Types.TryGetValue(name, out var given) ? new CsvFormatColumn(name, given, "as given") : new CsvFormatColumn(name, types[i].Type, types[i].Reason)),
        ];
        return _known = new Known(layout, new Schema([.. columns.Select(column => new Field(column.Name, CellText.ArrowType(column.Type), true))], metadata: null), columns);
    }

    private long See(TextChunk chunk, CsvLayout layout, CellTypeInference[] types, long before)
    {
        var left = (int)Math.Min(int.MaxValue, _options.InferenceRows - before);
        using var table = CsvTable.Read(chunk.Memory, chunk.Start, layout.Dialect, types.Length, maxRows: left);
        if (table.Fault is { } fault)
        {
            throw fault.ToException(_where, chunk, before);
        }

        for (var i = 0; i < types.Length; i++)
        {
            for (int row = 0, at = i; row < table.Rows; row++, at += types.Length)
            {
                var text = table.Text(at);
                if (text.IsEmpty || layout.Rules.IsMissing(text))
                {
                    types[i].SeeMissing();
                }
                else
                {
                    types[i].See(text, before + row);
                }
            }
        }

        return table.Rows;
    }

    private async ValueTask<TextChunkReader> OpenAsync(CsvLayout layout, CancellationToken cancellationToken)
    {
        var stream = await layout.Encoding.OpenAsync(await _open(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return new TextChunkReader(_where, stream, layout.Dialect.RowsEnd, _options.MaxRowBytes, layout.HeaderBytes, layout.Encoding.MarkLength);
    }

    private sealed record Known(CsvLayout Layout, Schema Schema, IReadOnlyList<CsvFormatColumn> Columns);
}
