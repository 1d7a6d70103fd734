using Apache.Arrow.Types;
using MlOps.Data.Columns;

namespace MlOps.Data.Writing;

/// <summary>Writes rows of text, batch by batch.</summary>
internal abstract class RowWriter
{
    private const int FlushBytes = 256 * 1024;

    /// <summary>Writes all rows and returns their number.</summary>
    public async Task<long> WriteAsync(Dataset dataset, Stream target, CancellationToken cancellationToken)
    {
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        if (schema.FieldsList.FirstOrDefault(field => field.DataType is NestedType) is { } nested)
        {
            throw new MlOpsException(ErrorCodes.ColumnType, $"The column '{nested.Name}' of '{dataset.Name}' is a {nested.DataType.Name}, which cannot be written as text: select the other columns, or flatten it.");
        }

        string[] names = [.. schema.FieldsList.Select(field => field.Name)];
        var output = new Utf8Output();
        Begin(output, names);
        var rows = 0L;
        await foreach (var batch in dataset.ReadPlainAsync(null, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                WrittenColumn[] columns = [.. names.Select((name, i) => WrittenColumn.Of(batch.Column(i), name, dataset.Name))];
                for (var row = 0; row < batch.Length; row++)
                {
                    Add(output, columns, row);
                    if (output.Length >= FlushBytes)
                    {
                        await target.WriteAsync(output.Written, cancellationToken).ConfigureAwait(false);
                        output.Clear();
                    }
                }

                rows += batch.Length;
            }
        }

        await target.WriteAsync(output.Written, cancellationToken).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Writes what stands before the first row.</summary>
    protected abstract void Begin(Utf8Output output, string[] names);

    /// <summary>Writes one row with its line end.</summary>
    protected abstract void Add(Utf8Output output, WrittenColumn[] columns, int row);
}
