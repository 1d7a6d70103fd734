using System.Runtime.CompilerServices;
using MlOps.Data.Columns;
using MlOps.Data.Operations;

namespace MlOps.Data;

/// <summary>Takes rows and columns out of a data set as .NET values.</summary>
public static class DatasetReading
{
    /// <summary>How many rows there are; reads the narrowest column only.</summary>
    public static async Task<long> CountAsync(this Dataset dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var schema = await dataset.GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        var narrowest = schema.FieldsList.OrderBy(field => field.DataType is Apache.Arrow.Types.FixedWidthType { BitWidth: var bits } ? bits : 1000).FirstOrDefault();
        var options = new DatasetReadOptions { Columns = narrowest is null ? null : [narrowest.Name] };
        var count = 0L;
        await foreach (var batch in dataset.ReadAsync(options, cancellationToken).ConfigureAwait(false))
        {
            count += batch.Length;
            batch.Dispose();
        }

        return count;
    }

    /// <summary>Streams what a function makes of each row.</summary>
    /// <typeparam name="T">What it makes.</typeparam>
    /// <param name="dataset">The rows.</param>
    /// <param name="row">Called for each row in order; the row must not be kept.</param>
    /// <param name="columns">What it reads; null for all columns.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public static async IAsyncEnumerable<T> ReadRowsAsync<T>(
        this Dataset dataset, Func<DatasetRow, T> row, IReadOnlyList<string>? columns = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(row);
        await foreach (var batch in DerivedSource.RowsAsync(dataset, columns, cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < batch.Length; i++)
            {
                yield return row(new DatasetRow(batch, i));
            }
        }
    }

    /// <summary>A whole column as doubles, NaN where missing; booleans are 0 and 1, times are seconds since 1970 (UTC).</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>, or <see cref="ErrorCodes.ColumnType"/> for text.</exception>
    public static Task<double[]> ReadNumbersAsync(this Dataset dataset, string column, CancellationToken cancellationToken = default) =>
        ReadAsync(dataset, column, static batch => batch.Numbers(0), cancellationToken);

    /// <summary>A whole column as text, null where missing; other types in their invariant form.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>.</exception>
    public static Task<string?[]> ReadTextsAsync(this Dataset dataset, string column, CancellationToken cancellationToken = default) =>
        ReadAsync(dataset, column, static batch => batch.Texts(0), cancellationToken);

    /// <summary>A whole column of times in UTC, null where missing.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>, or <see cref="ErrorCodes.ColumnType"/>.</exception>
    public static Task<DateTimeOffset?[]> ReadTimesAsync(this Dataset dataset, string column, CancellationToken cancellationToken = default) =>
        ReadAsync(
            dataset,
            column,
            static batch => System.Array.ConvertAll(batch.Ticks(0), ticks => ticks == ColumnReader.MissingTicks ? (DateTimeOffset?)null : new DateTimeOffset(ticks, TimeSpan.Zero)),
            cancellationToken);

    private static async Task<T[]> ReadAsync<T>(Dataset dataset, string column, Func<RowBatch, T[]> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrEmpty(column);
        List<T[]> parts = [];
        await foreach (var batch in DerivedSource.RowsAsync(dataset, [column], cancellationToken).ConfigureAwait(false))
        {
            parts.Add(read(batch));
        }

        return parts.Count == 1 ? parts[0] : [.. parts.SelectMany(part => part)];
    }
}
