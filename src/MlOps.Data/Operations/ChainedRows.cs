using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Operations;

/// <summary>The rows of several data sets, one after the other.</summary>
internal sealed class ChainedRows : IDatasetSource
{
    private readonly IReadOnlyList<Dataset> _parts;

    public ChainedRows(IReadOnlyList<Dataset> parts)
    {
        _parts = parts;
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default)
    {
        var first = await _parts[0].GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        foreach (var part in _parts.Skip(1))
        {
            var schema = await part.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
            foreach (var field in first.FieldsList)
            {
                var other = part.RequireColumn(schema, field.Name);
                if (Describe(other) != Describe(field))
                {
                    throw new MlOpsException(
                        ErrorCodes.ColumnType,
                        $"The column '{field.Name}' is {Describe(field)} in '{_parts[0].Name}' and {Describe(other)} in '{part.Name}': data sets to put together need equal types.");
                }
            }

            if (schema.FieldsList.FirstOrDefault(field => first.GetFieldIndex(field.Name, StringComparer.Ordinal) < 0) is { } surplus)
            {
                throw new MlOpsException(
                    ErrorCodes.ColumnNotFound, $"'{part.Name}' has the column '{surplus.Name}', which '{_parts[0].Name}' has not: select the columns that both have.");
            }
        }

        return first;
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        var wanted = options with { Columns = options.Columns ?? [.. schema.FieldsList.Select(field => field.Name)] };
        await foreach (var batch in BatchShaping.ShapeAsync(AllAsync(wanted, cancellationToken), wanted, cancellationToken).ConfigureAwait(false))
        {
            yield return batch;
        }
    }

    private async IAsyncEnumerable<RecordBatch> AllAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in _parts)
        {
            var whole = new DatasetReadOptions { Columns = options.Columns, BatchSize = options.BatchSize };
            await foreach (var batch in part.ReadPlainAsync(whole, cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
        }
    }

    private static string Describe(Field field) =>
        field.DataType is Apache.Arrow.Types.TimestampType time ? $"timestamp[{time.Unit}, {time.Timezone ?? "no zone"}]" : field.DataType.Name;
}
