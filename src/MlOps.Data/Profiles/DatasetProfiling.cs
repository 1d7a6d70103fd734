using System.Runtime.ExceptionServices;
using MlOps.Data.Columns;
using MlOps.Data.Operations;
using MlOps.Data.Profiles;

namespace MlOps.Data;

/// <summary>Profiles data sets.</summary>
public static class DatasetProfiling
{
    private const int RowsWorthThreads = 2048;

    /// <summary>Reads the data once and describes its columns; memory stays bounded however many rows there are.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="options">Which columns, how many frequent values and bins; null for the defaults.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>, or the data could not be read. No rows give an empty profile.</exception>
    public static async Task<DataProfile> ProfileAsync(this Dataset dataset, DataProfileOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DataProfileOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.TopValues, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HistogramBins, 1, nameof(options));
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var fields = options.Columns is { } columns ? [.. columns.Select(column => dataset.RequireColumn(schema, column))] : schema.FieldsList;
        ColumnSketch[] sketches = [.. fields.Select(field => new ColumnSketch(field.Name, ColumnReader.KindOf(field.DataType)))];
        if (sketches.Length == 0)
        {
            return new DataProfile(dataset.Name, await dataset.CountAsync(cancellationToken).ConfigureAwait(false), sketches, options);
        }

        var rows = 0L;
        await foreach (var batch in DerivedSource.RowsAsync(dataset, options.Columns, cancellationToken).ConfigureAwait(false))
        {
            rows += batch.Length;
            Add(batch, sketches);
        }

        return new DataProfile(dataset.Name, rows, sketches, options);
    }

    private static void Add(RowBatch batch, ColumnSketch[] sketches)
    {
        if (sketches.Length == 1 || batch.Length < RowsWorthThreads)
        {
            for (var i = 0; i < sketches.Length; i++)
            {
                sketches[i].Add(batch, i);
            }

            return;
        }

        try
        {
            Parallel.For(0, sketches.Length, i => sketches[i].Add(batch, i));
        }
        catch (AggregateException errors) when (errors.InnerExceptions[0] is MlOpsException first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
