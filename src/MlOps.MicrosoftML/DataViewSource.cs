using System.Runtime.CompilerServices;
using Apache.Arrow;
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
            ? [.. view.Schema.Where(column => !column.IsHidden)]
            : columns.Select(column => Find(view, name, column)).ToList();
        _columns = chosen.ToDictionary(column => column.Name, StringComparer.Ordinal);
        _schema = new Schema(chosen.Select(column => new Field(column.Name, DataViewColumn.TypeOf(column) ?? throw Refused(view, name, column), nullable: true)), null);
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
        Action[] readers = [.. names.Select((name, index) => DataViewColumn.Reader(cursor, _columns[name], appenders[index]))];
        // A cursor must not be asked again after its end.
        var more = true;
        for (long skipped = 0; skipped < options.Offset && more; skipped++)
        {
            more = cursor.MoveNext();
        }

        var left = options.Limit ?? long.MaxValue;
        while (more && left > 0)
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

    private static DataViewSchema.Column Find(IDataView view, string name, string column)
    {
        if (view.Schema.GetColumnOrNull(column) is { } found)
        {
            return found;
        }

        var names = view.Schema.Select(each => each.Name).ToList();
        var nearest = NearestName.Of(column, names);
        throw new MlOpsException(
            ErrorCodes.ColumnNotFound,
            $"The data view '{name}' has no column '{column}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} Its columns are: {string.Join(", ", names)}.");
    }

    private static MlOpsException Refused(IDataView view, string name, DataViewSchema.Column column)
    {
        var usable = view.Schema.Where(each => !each.IsHidden && DataViewColumn.TypeOf(each) is not null).Select(each => each.Name);
        return new MlOpsException(
            ErrorCodes.ColumnType,
            $"The column '{column.Name}' of '{name}' is {column.Type}, and a data set holds no {(column.Type is VectorDataViewType ? "vectors" : "such values")}: name the columns to take. These can be taken: {string.Join(", ", usable)}.");
    }
}
