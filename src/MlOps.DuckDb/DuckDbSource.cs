using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.DuckDb;

/// <summary>Rows of a DuckDB query; each read has a database of its own.</summary>
internal sealed class DuckDbSource : IDatasetSource
{
    private readonly string _sql;
    private readonly DuckDbOptions _options;
    private Schema? _schema;

    public DuckDbSource(string sql, DuckDbOptions options)
    {
        // What is behind the last semicolon must not stand inside of a subquery.
        (_sql, _options) = (sql.TrimEnd().TrimEnd(';'), options);
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _schema) is { } known)
        {
            return known;
        }

        using var session = new DuckDbSession(_options);
        using var interrupting = cancellationToken.UnsafeRegister(static session => ((DuckDbSession)session!).Interrupt(), session);
        foreach (var table in _options.Tables)
        {
            await DuckDbTable.CreateAsync(session, table, cancellationToken).ConfigureAwait(false);
        }

        using var statement = session.Prepare(_sql);

        // Statements that cannot stand in a subquery are run as they are.
        using var empty = session.TryPrepare($"SELECT * FROM (\n{_sql}\n) LIMIT 0");
        using var result = await session.RunAsync(empty ?? statement, cancellationToken).ConfigureAwait(false);
        var schema = Require(result.Schema);
        Volatile.Write(ref _schema, schema);
        return schema;
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        if (options.Limit <= 0)
        {
            yield break;
        }

        using var session = new DuckDbSession(_options);
        using var interrupting = cancellationToken.UnsafeRegister(static session => ((DuckDbSession)session!).Interrupt(), session);
        foreach (var table in _options.Tables)
        {
            await DuckDbTable.LoadAsync(session, table, cancellationToken).ConfigureAwait(false);
        }

        var wanted = BatchShaping.Select(schema, options.Columns);
        using var projected = options.Columns is null
            ? null
            : session.TryPrepare($"SELECT {string.Join(", ", options.Columns.Select(DuckDbSession.Quote))} FROM (\n{_sql}\n)");
        using var statement = projected is null ? session.Prepare(_sql) : null;
        using var result = await session.RunAsync(projected ?? statement!, cancellationToken).ConfigureAwait(false);
        var columns = projected is null ? schema : wanted;
        RequireSame(columns, Require(result.Schema));
        var batches = BatchShaping.RechunkAsync(result.ReadAsync(columns, cancellationToken), columns, options.BatchSize, cancellationToken);
        await foreach (var batch in BatchShaping.ShapeAsync(batches, options, cancellationToken).ConfigureAwait(false))
        {
            yield return batch;
        }
    }

    private Schema Require(Schema schema)
    {
        foreach (var field in schema.FieldsList)
        {
            if (PlainColumns.Of(field.DataType) is NestedType or NullType or IntervalType or FixedSizeBinaryType and not (Decimal128Type or Decimal256Type))
            {
                throw new MlOpsException(
                    ErrorCodes.ColumnType,
                    $"The column '{field.Name}' of the query '{_options.Name}' is a {field.DataType.Name}, which data sets do not hold: take it apart with UNNEST or its fields' names, or cast it, such as CAST(\"{field.Name}\" AS VARCHAR).");
            }
        }

        var plain = PlainColumns.Of(schema);
        if (plain.FieldsList.GroupBy(field => field.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } clash)
        {
            throw new MlOpsException(ErrorCodes.ColumnConflict, $"The query '{_options.Name}' gives two columns '{clash.Key}': name one of them with AS.");
        }

        // DuckDB names the machine's zone, but the values are in UTC.
        return new Schema(
            plain.FieldsList.Select(field => field.DataType is TimestampType { Timezone.Length: > 0, Unit: var unit } ? new Field(field.Name, new TimestampType(unit, "UTC"), true) : field),
            metadata: null);
    }

    private void RequireSame(Schema expected, Schema actual)
    {
        if (!expected.FieldsList.Select(field => field.DataType.TypeId).SequenceEqual(actual.FieldsList.Select(field => field.DataType.TypeId)))
        {
            throw new MlOpsException(
                ErrorCodes.ColumnType,
                $"The query '{_options.Name}' gives other columns than at its first read: its files or tables have changed. Make the data set anew.");
        }
    }
}
