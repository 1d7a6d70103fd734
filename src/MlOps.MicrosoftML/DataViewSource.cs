using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.MicrosoftML;

/// <summary>Streams a data view's scalar columns as record batches.</summary>
internal sealed class DataViewSource : IDatasetSource
{
    private readonly IDataView _view;
    private readonly Dictionary<string, DataViewSchema.Column> _columns;
    private readonly Schema _schema;

    public DataViewSource(IDataView view, string name, IReadOnlyList<string>? columns)
    {
        _view = view;
        var chosen = columns is null
            ? [.. view.Schema.Where(column => !column.IsHidden && ArrowType(column) is not null)]
            : columns.Select(column => Require(view, name, column)).ToList();
        _columns = chosen.ToDictionary(column => column.Name, StringComparer.Ordinal);
        _schema = new Schema(chosen.Select(column => new Field(column.Name, ArrowType(column)!, nullable: column.Type == TextDataViewType.Instance)), null);
    }

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_schema);

    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var names = options.Columns ?? [.. _schema.FieldsList.Select(field => field.Name)];
        var schema = BatchShaping.Select(_schema, names);
        using var cursor = _view.GetRowCursor(names.Select(name => _columns[name]));
        ColumnAppender[] appenders = [.. schema.FieldsList.Select(ColumnAppender.For)];
        Action[] readers = [.. names.Select((name, index) => Reader(cursor, _columns[name], appenders[index]))];
        for (long skipped = 0; skipped < options.Offset && cursor.MoveNext(); skipped++)
        {
        }

        var left = options.Limit ?? long.MaxValue;
        for (var more = true; more && left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = 0;
            while (rows < Math.Min(options.BatchSize, left) && (more = cursor.MoveNext()))
            {
                foreach (var reader in readers)
                {
                    reader();
                }

                rows++;
            }

            left -= rows;
            if (rows > 0)
            {
                yield return new RecordBatch(schema, appenders.Select(appender => appender.Build()), rows);
            }
        }
    }

    private static DataViewSchema.Column Require(IDataView view, string name, string column)
    {
        var found = view.Schema.GetColumnOrNull(column) ?? throw new MlOpsException(
            ErrorCodes.ColumnNotFound,
            $"The data view '{name}' has no column '{column}'; it has: {string.Join(", ", view.Schema.Select(each => each.Name))}.");
        return ArrowType(found) is null
            ? throw new MlOpsException(
                ErrorCodes.ColumnType, $"The column '{column}' of '{name}' is {found.Type}: only numbers, Boolean and Text can be carried over.")
            : found;
    }

    private static ArrowType? ArrowType(DataViewSchema.Column column) =>
        column.Type == NumberDataViewType.Single ? FloatType.Default
        : column.Type == NumberDataViewType.Double ? DoubleType.Default
        : column.Type == NumberDataViewType.Int32 ? Int32Type.Default
        : column.Type == NumberDataViewType.Int64 ? Int64Type.Default
        : column.Type == BooleanDataViewType.Instance ? BooleanType.Default
        : column.Type == TextDataViewType.Instance ? StringType.Default
        : null;

    private static Action Reader(DataViewRowCursor cursor, DataViewSchema.Column column, ColumnAppender appender)
    {
        if (column.Type == NumberDataViewType.Single)
        {
            return Reader<float>(cursor, column, value => appender.AppendValue(value));
        }

        if (column.Type == NumberDataViewType.Double)
        {
            return Reader<double>(cursor, column, value => appender.AppendValue(value));
        }

        if (column.Type == NumberDataViewType.Int32)
        {
            return Reader<int>(cursor, column, value => appender.AppendValue(value));
        }

        if (column.Type == NumberDataViewType.Int64)
        {
            return Reader<long>(cursor, column, value => appender.AppendValue(value));
        }

        return column.Type == BooleanDataViewType.Instance
            ? Reader<bool>(cursor, column, value => appender.AppendBoolean(value))
            : Reader<ReadOnlyMemory<char>>(cursor, column, value => appender.AppendText(value.Span));
    }

    private static Action Reader<T>(DataViewRowCursor cursor, DataViewSchema.Column column, Action<T> append)
    {
        var getter = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            append(value);
        };
    }
}
