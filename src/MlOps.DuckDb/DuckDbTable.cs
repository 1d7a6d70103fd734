using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.DuckDb;

/// <summary>A data set as a temporary table.</summary>
internal static class DuckDbTable
{
    /// <summary>Makes the table without rows.</summary>
    public static async Task<Schema> CreateAsync(DuckDbSession session, Dataset dataset, CancellationToken cancellationToken)
    {
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var columns = schema.FieldsList.Select(field => $"{DuckDbSession.Quote(field.Name)} {TypeOf(field, dataset.Name)}");
        session.Execute($"CREATE TEMP TABLE {DuckDbSession.Quote(dataset.Name)} ({string.Join(", ", columns)})");
        return schema;
    }

    /// <summary>Makes the table and copies the rows.</summary>
    public static async Task LoadAsync(DuckDbSession session, Dataset dataset, CancellationToken cancellationToken)
    {
        var schema = await CreateAsync(session, dataset, cancellationToken).ConfigureAwait(false);
        using var table = new TableWriter(session, dataset.Name, schema);
        await foreach (var batch in dataset.ReadPlainAsync(null, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                table.Append(batch);
            }
        }

        table.Flush();
    }

    private static string TypeOf(Field field, string dataset) => field.DataType switch
    {
        BooleanType => "BOOLEAN",
        Int8Type => "TINYINT",
        Int16Type => "SMALLINT",
        Int32Type => "INTEGER",
        Int64Type => "BIGINT",
        UInt8Type => "UTINYINT",
        UInt16Type => "USMALLINT",
        UInt32Type => "UINTEGER",
        UInt64Type => "UBIGINT",
        FloatType or HalfFloatType => "FLOAT",
        DoubleType => "DOUBLE",
        StringType => "VARCHAR",
        BinaryType => "BLOB",
        Date32Type or Date64Type => "DATE",
        Time32Type or Time64Type => "TIME",
        TimestampType { Timezone.Length: > 0 } => "TIMESTAMPTZ",
        TimestampType { Unit: TimeUnit.Second } => "TIMESTAMP_S",
        TimestampType { Unit: TimeUnit.Millisecond } => "TIMESTAMP_MS",
        TimestampType { Unit: TimeUnit.Nanosecond } => "TIMESTAMP_NS",
        TimestampType => "TIMESTAMP",
        Decimal128Type { Scale: >= 0 } type => $"DECIMAL({type.Precision}, {type.Scale})",
        _ => throw new MlOpsException(
            ErrorCodes.ColumnType,
            $"The column '{field.Name}' of '{dataset}' is {field.DataType.Name}, which has no type in DuckDB here: leave it out with Select."),
    };
}
