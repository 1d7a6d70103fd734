using Apache.Arrow;
using Microsoft.ML;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.MicrosoftML;

/// <summary>Carries data sets to ML.NET.</summary>
public static class DatasetDataViewExtensions
{
    /// <summary>Makes a view of the data set: numbers become Single (missing is NaN), texts Text (missing is empty), truth values Boolean.</summary>
    /// <remarks>
    /// <para>Held in memory, or streamed with <see cref="DataViewOptions.Streaming"/>. Vectors are made of columns by ML.NET's <c>Concatenate</c>.</para>
    /// <para>
    /// A streamed view has as many cursors as are asked for at once, each with a read of its own of the columns that it needs. Its cursors
    /// block while they wait for rows, for ML.NET knows no other way; a batch is read ahead. What the source throws comes out of <c>MoveNext</c>.
    /// </para>
    /// </remarks>
    /// <param name="dataset">The data.</param>
    /// <param name="ml">The context that will train on it.</param>
    /// <param name="options">Which columns and how; null takes all but times.</param>
    /// <param name="cancellationToken">Stops the reading; not that of a streamed view's cursors.</param>
    /// <returns>A re-readable view that is safe to read from several threads and is never shuffled.</returns>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.ColumnNotFound"/>; <see cref="ErrorCodes.ColumnType"/>: a named column has no type that ML.NET can use, or a
    /// truth value is missing.
    /// </exception>
    public static async Task<IDataView> ToDataViewAsync(
        this Dataset dataset, MLContext ml, DataViewOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(ml);
        options ??= new DataViewOptions();
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var fields = new List<Field>();
        var collectors = new List<ColumnCollector>();
        var builder = new DataViewSchema.Builder();
        foreach (var name in options.Columns ?? [.. schema.FieldsList.Select(field => field.Name)])
        {
            var field = dataset.RequireColumn(schema, name);
            if (ColumnCollector.TryCreate(field, dataset.Name, options) is { } collector)
            {
                fields.Add(field);
                collectors.Add(collector);
                builder.AddColumn(name, collector.Type);
            }
            else if (options.Columns is not null)
            {
                throw new MlOpsException(
                    ErrorCodes.ColumnType,
                    $"The column '{name}' of '{dataset.Name}' is {field.DataType.Name}, which has no ML.NET type here: leave it out, or set IncludeTimes for dates.");
            }
        }

        if (options.Streaming)
        {
            return new StreamedDataView(dataset, builder.ToSchema(), fields, options);
        }

        long rows = 0;
        var read = new DatasetReadOptions { Columns = [.. fields.Select(field => field.Name)] };
        await foreach (var batch in dataset.ReadPlainAsync(read, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var column = 0; column < collectors.Count; column++)
                {
                    collectors[column].Add(batch.Column(column));
                }

                rows += batch.Length;
            }
        }

        return new MemoryDataView(builder.ToSchema(), [.. collectors.Select(collector => collector.ToArray())], rows);
    }
}
