using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data.Columns;

namespace MlOps.Pipelines.Values;

/// <summary>Cuts batches anew to a fixed number of rows, so that equal rows make equal batches however they arrived.</summary>
internal static class CanonicalBatches
{
    public const int Rows = 65_536;

    /// <summary>The schema without what does not belong to the content.</summary>
    public static Schema Of(Schema schema) => new(schema.FieldsList.Select(field => new Field(field.Name, field.DataType, nullable: true)), null);

    /// <summary>Cuts anew; the source's batches are disposed.</summary>
    public static IAsyncEnumerable<RecordBatch> CutAsync(
        string dataset, Schema schema, IAsyncEnumerable<RecordBatch> batches, int size, CancellationToken cancellationToken)
    {
        foreach (var field in schema.FieldsList)
        {
            if (field.DataType is not (StringType or BinaryType or BooleanType or FixedWidthType { BitWidth: >= 8 }))
            {
                throw new MlOpsException(
                    ErrorCodes.StepValueUnsupported,
                    $"The column '{field.Name}' of the data set '{dataset}' has the type {field.DataType.Name}, which a step's value cannot have: "
                    + "convert it to a number, a text, a truth value or an instant before returning it.");
            }
        }

        return BatchShaping.RechunkAsync(batches, schema, size, cancellationToken);
    }
}
