using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace MlOps.Pipelines.Values;

/// <summary>Cuts batches anew to a fixed number of rows, so that equal rows make equal batches however they arrived.</summary>
internal static class CanonicalBatches
{
    public const int Rows = 65_536;

    /// <summary>The schema without what does not belong to the content.</summary>
    public static Schema Of(Schema schema) => new(schema.FieldsList.Select(field => new Field(field.Name, field.DataType, nullable: true)), null);

    /// <summary>Cuts anew; the source's batches are disposed.</summary>
    public static async IAsyncEnumerable<RecordBatch> CutAsync(
        string dataset,
        Schema schema,
        IAsyncEnumerable<RecordBatch> batches,
        int size,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var columns = schema.FieldsList.Select(field => new CanonicalColumn(dataset, field)).ToArray();
        var filled = 0;
        await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var start = 0; start < batch.Length;)
                {
                    var count = Math.Min(size - filled, batch.Length - start);
                    for (var index = 0; index < columns.Length; index++)
                    {
                        columns[index].Append(batch.Column(index).Data, start, count);
                    }

                    start += count;
                    filled += count;
                    if (filled == size)
                    {
                        yield return new RecordBatch(schema, columns.Select(column => column.Take()), filled);
                        filled = 0;
                    }
                }
            }
        }

        if (filled > 0)
        {
            yield return new RecordBatch(schema, columns.Select(column => column.Take()), filled);
        }
    }
}
