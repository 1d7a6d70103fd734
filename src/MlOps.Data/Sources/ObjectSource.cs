using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources;

/// <summary>Rows made from objects, anew at every read.</summary>
internal sealed class ObjectSource<T> : IDatasetSource
{
    private readonly IEnumerable<T> _rows;
    private readonly ColumnsBuilder<T> _columns;
    private readonly Schema _schema;

    public ObjectSource(IEnumerable<T> rows, ColumnsBuilder<T> columns)
    {
        _rows = rows;
        _columns = columns;
        _schema = new Schema([.. columns.Columns.Select(column => column.Field)], metadata: null);
    }

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_schema);

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        var schema = BatchShaping.Select(_schema, options.Columns);
        Action<ColumnAppender, T>[] appends = [.. schema.FieldsList.Select(field => _columns.Columns.First(column => column.Field.Name == field.Name).Append)];
        ColumnAppender[] appenders = [.. schema.FieldsList.Select(ColumnAppender.For)];
        var (skip, left, count) = (options.Offset, options.Limit ?? long.MaxValue, 0);
        foreach (var row in _rows)
        {
            if (left == 0)
            {
                break;
            }

            if (skip > 0)
            {
                skip--;
                continue;
            }

            for (var i = 0; i < appenders.Length; i++)
            {
                appends[i](appenders[i], row);
            }

            left--;
            if (++count == options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return new RecordBatch(schema, appenders.Select(appender => appender.Build()).ToArray(), count);
                count = 0;
            }
        }

        if (count > 0)
        {
            yield return new RecordBatch(schema, appenders.Select(appender => appender.Build()).ToArray(), count);
        }
    }
}
