using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Operations;

/// <summary>Adds or replaces a column computed from each row.</summary>
internal sealed class AddedColumn : IDatasetSource
{
    private readonly Dataset _dataset;
    private readonly Field _field;
    private readonly IReadOnlyList<string>? _columns;
    private readonly Action<ColumnAppender, DatasetRow> _append;

    public AddedColumn(Dataset dataset, Field field, IReadOnlyList<string>? columns, Action<ColumnAppender, DatasetRow> append)
    {
        (_dataset, _field, _columns, _append) = (dataset, field, columns, append);
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default)
    {
        var schema = await _dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        return schema.GetFieldIndex(_field.Name, StringComparer.Ordinal) < 0
            ? new Schema([.. schema.FieldsList, _field], metadata: null)
            : new Schema([.. schema.FieldsList.Select(field => field.Name == _field.Name ? _field : field)], metadata: null);
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var whole = await _dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var schema = BatchShaping.Select(await GetSchemaAsync(cancellationToken).ConfigureAwait(false), options.Columns);
        var isWanted = schema.GetFieldIndex(_field.Name, StringComparer.Ordinal) >= 0;
        IEnumerable<string> kept = schema.FieldsList.Select(field => field.Name).Where(name => name != _field.Name);
        IReadOnlyList<string> columns = !isWanted ? [.. kept]
            : _columns is null ? [.. whole.FieldsList.Select(field => field.Name)]
            : [.. kept.Union(_columns, StringComparer.Ordinal)];
        var appender = ColumnAppender.For(_field);
        var position = options.Offset;
        await foreach (var batch in _dataset.ReadPlainAsync(options with { Columns = columns }, cancellationToken).ConfigureAwait(false))
        {
            if (!isWanted)
            {
                yield return batch;
                continue;
            }

            // The rows' decoded cells live as long as the batch, so the new column is made before the batch changes hands.
            var rows = new RowBatch(batch, position, _dataset.Name);
            for (var i = 0; i < batch.Length; i++)
            {
                _append(appender, new DatasetRow(rows, i));
            }

            position += batch.Length;
            var added = appender.Build();
            using (batch)
            {
                yield return new RecordBatch(
                    schema,
                    schema.FieldsList.Select(field => field.Name == _field.Name
                        ? added
                        : PlainColumns.Copy(batch.Column(batch.Schema.GetFieldIndex(field.Name, StringComparer.Ordinal)), field, 0, batch.Length)).ToArray(),
                    batch.Length);
            }
        }
    }
}
