using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources;

/// <summary>Collects objects into batches of the wanted columns and rows.</summary>
internal sealed class ObjectBatches<T>
{
    private readonly Schema _schema;
    private readonly Action<ColumnAppender, T>[] _appends;
    private readonly ColumnAppender[] _appenders;
    private readonly int _size;
    private long _skip;
    private long _left;
    private int _count;

    public ObjectBatches(ColumnsBuilder<T> columns, Schema schema, DatasetReadOptions options)
    {
        _schema = schema;
        _appends = [.. schema.FieldsList.Select(field => columns.Columns.First(column => column.Field.Name == field.Name).Append)];
        _appenders = [.. schema.FieldsList.Select(ColumnAppender.For)];
        (_skip, _left, _size) = (options.Offset, options.Limit ?? long.MaxValue, options.BatchSize);
    }

    public bool IsDone => _left <= 0;

    /// <summary>Takes a row; gives the batch that it fills, if it does.</summary>
    public RecordBatch? Add(T row)
    {
        if (_skip > 0)
        {
            _skip--;
            return null;
        }

        for (var i = 0; i < _appenders.Length; i++)
        {
            _appends[i](_appenders[i], row);
        }

        _left--;
        return ++_count == _size ? Build() : null;
    }

    /// <summary>The rows since the last full batch, if there are any.</summary>
    public RecordBatch? Rest() => _count == 0 ? null : Build();

    private RecordBatch Build()
    {
        var count = _count;
        _count = 0;
        return new RecordBatch(_schema, _appenders.Select(appender => appender.Build()).ToArray(), count);
    }
}
