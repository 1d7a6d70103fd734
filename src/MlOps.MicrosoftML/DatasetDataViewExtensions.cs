using Microsoft.ML;
using MlOps.Data;

namespace MlOps.MicrosoftML;

/// <summary>Carries data sets to ML.NET and back.</summary>
public static class DatasetDataViewExtensions
{
    /// <summary>Reads the data set once into memory: numbers become Single (missing is NaN), texts Text (missing is empty), truth values Boolean.</summary>
    /// <param name="dataset">The data.</param>
    /// <param name="ml">The context that will train on it.</param>
    /// <param name="options">Which columns; null takes all but times.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
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
        var schema = await dataset.GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        var names = new List<string>();
        var collectors = new List<ColumnCollector>();
        foreach (var name in options.Columns ?? [.. schema.FieldsList.Select(field => field.Name)])
        {
            var field = dataset.RequireColumn(schema, name);
            if (ColumnCollector.TryCreate(field, dataset.Name, options.IncludeTimes) is { } collector)
            {
                names.Add(name);
                collectors.Add(collector);
            }
            else if (options.Columns is not null)
            {
                throw new MlOpsException(
                    ErrorCodes.ColumnType,
                    $"The column '{name}' of '{dataset.Name}' is {field.DataType.Name}, which has no ML.NET type here: leave it out, or set IncludeTimes for dates.");
            }
        }

        long rows = 0;
        var read = new DatasetReadOptions { Columns = names };
        await foreach (var batch in dataset.ReadAsync(read, cancellationToken).ConfigureAwait(false))
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

        var builder = new DataViewSchema.Builder();
        for (var column = 0; column < names.Count; column++)
        {
            builder.AddColumn(names[column], collectors[column].Type);
        }

        return new MemoryDataView(builder.ToSchema(), [.. collectors.Select(collector => collector.ToArray())], rows);
    }

    /// <summary>Names a data view's scalar columns as a data set; nothing is read yet.</summary>
    /// <param name="view">The rows, such as the output of a transformer.</param>
    /// <param name="name">The data set's name.</param>
    /// <param name="columns">The columns; null takes every visible column of a number, Boolean or Text type.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>, <see cref="ErrorCodes.ColumnType"/>: a named column cannot be carried over.</exception>
    public static Dataset ToDataset(this IDataView view, string name, IReadOnlyList<string>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new Dataset(name, new DataViewSource(view, name, columns));
    }
}
