using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources;

/// <summary>Rows of a query through ADO.NET.</summary>
internal sealed class QuerySource : IDatasetSource
{
    private const int MostSql = 1000;
    private readonly string _name;
    private readonly Func<DbConnection> _connect;
    private readonly string _sql;
    private readonly QueryOptions _options;
    private Schema? _schema;

    public QuerySource(string name, Func<DbConnection> connect, string sql, QueryOptions options)
    {
        (_name, _connect, _sql, _options) = (name, connect, sql, options);
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _schema) is { } known)
        {
            return known;
        }

        var connection = _connect();
        await using (connection.ConfigureAwait(false))
        {
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                var reader = await ExecuteAsync(connection, command, cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    return SchemaOf(reader);
                }
            }
        }
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var connection = _connect();
        await using (connection.ConfigureAwait(false))
        {
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                var reader = await ExecuteAsync(connection, command, cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    var rows = new QueryRows(this, reader, options);
                    try
                    {
                        while (await rows.NextBatchAsync(cancellationToken).ConfigureAwait(false) is { } batch)
                        {
                            yield return batch;
                        }
                    }
                    finally
                    {
                        if (!rows.IsExhausted)
                        {
                            // Or the reader would wait for the rest of the answer when it closes.
                            command.Cancel();
                        }
                    }
                }
            }
        }
    }

    private async Task<DbDataReader> ExecuteAsync(DbConnection connection, DbCommand command, CancellationToken cancellationToken)
    {
        try
        {
            if (connection.State != ConnectionState.Open)
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            }

            // The caller's own text, as it would be typed into the database's tool.
#pragma warning disable CA2100
            command.CommandText = _sql;
#pragma warning restore CA2100
            foreach (var (name, value) in _options.Parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }

            if (_options.Timeout is { } timeout)
            {
                command.CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds);
            }

            return await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsDatabase(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed(error);
        }
    }

    private async ValueTask<bool> NextAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsDatabase(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed(error);
        }
    }

    private Schema SchemaOf(DbDataReader reader)
    {
        if (Volatile.Read(ref _schema) is { } known)
        {
            return reader.FieldCount == known.FieldsList.Count
                ? known
                : throw new MlOpsException(ErrorCodes.QueryFailed, $"The query '{_name}' gives other columns than at its first read: its tables have changed. Make the data set anew. The query was: {Shortened()}");
        }

        if (reader.FieldCount == 0)
        {
            throw new MlOpsException(ErrorCodes.QueryFailed, $"The query '{_name}' gives no rows: it is no SELECT. The query was: {Shortened()}");
        }

        var declared = QueryColumn.Declared(reader);
        List<Field> fields = [];
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var name = reader.GetName(i) is { Length: > 0 } given ? given : string.Create(CultureInfo.InvariantCulture, $"column{i + 1}");
            if (fields.Exists(field => field.Name == name))
            {
                throw new MlOpsException(ErrorCodes.ColumnConflict, $"The query '{_name}' gives two columns '{name}': name one of them with AS. The query was: {Shortened()}");
            }

            var type = _options.Types.TryGetValue(name, out var wanted) ? wanted : QueryColumn.TypeOf(reader.GetFieldType(i), declared?[i]);
            fields.Add(new Field(name, type ?? throw new MlOpsException(
                ErrorCodes.ColumnType,
                $"The column '{name}' of the query '{_name}' is a {reader.GetFieldType(i).Name} ({reader.GetDataTypeName(i)}), which data sets do not hold: cast it in the query."), true));
        }

        var schema = new Schema(fields, metadata: null);
        Volatile.Write(ref _schema, schema);
        return schema;
    }

    // Providers complain of a connection or a command that is not as they want it with the second.
    private static bool IsDatabase(Exception error) => error is DbException or InvalidOperationException and not ObjectDisposedException;

    private MlOpsException Failed(Exception error) => new(
        ErrorCodes.QueryFailed, $"The database refused the query '{_name}': {error.Message} The query was: {Shortened()}", error);

    private string Shortened() => _sql.Length <= MostSql ? _sql : _sql[..MostSql] + "…";

    /// <summary>The answer of one read, cut into batches.</summary>
    private sealed class QueryRows
    {
        private readonly QuerySource _source;
        private readonly DbDataReader _reader;
        private readonly DatasetReadOptions _options;
        private readonly Schema _schema;
        private readonly QueryColumn[] _columns;
        private long _row;
        private long _left;

        public QueryRows(QuerySource source, DbDataReader reader, DatasetReadOptions options)
        {
            var whole = source.SchemaOf(reader);
            (_source, _reader, _options, _left) = (source, reader, options, options.Limit ?? long.MaxValue);
            _schema = BatchShaping.Select(whole, options.Columns);
            _columns = [.. _schema.FieldsList.Select(field => new QueryColumn(field, whole.GetFieldIndex(field.Name, StringComparer.Ordinal)))];
        }

        public bool IsExhausted { get; private set; }

        public async ValueTask<RecordBatch?> NextBatchAsync(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var filled = 0;
            while (_left > 0 && filled < _options.BatchSize && !IsExhausted)
            {
                IsExhausted = !await _source.NextAsync(_reader, cancellationToken).ConfigureAwait(false);
                if (IsExhausted || _row++ < _options.Offset)
                {
                    continue;
                }

                foreach (var column in _columns)
                {
                    Append(column);
                }

                filled++;
                _left--;
            }

            return filled == 0 ? null : new RecordBatch(_schema, _columns.Select(column => column.Build()).ToArray(), filled);
        }

        private void Append(QueryColumn column)
        {
            try
            {
                column.Append(_reader);
            }
            catch (Exception error) when (error is InvalidCastException or FormatException or OverflowException)
            {
                throw new MlOpsException(
                    ErrorCodes.ColumnType,
                    string.Create(CultureInfo.InvariantCulture, $"The column '{column.Field.Name}' of the query '{_source._name}' is {column.Field.DataType.Name}, and row {_row - 1} (from 0) holds '{_reader.GetValue(column.Ordinal)}', which is not ({error.Message}): cast it in the query, or give QueryOptions.Types the column's type."),
                    error);
            }
        }
    }
}
