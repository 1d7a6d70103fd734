using System.Runtime.ExceptionServices;
using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Data.Profiles;

namespace MlOps.Data;

/// <summary>Profiles data sets.</summary>
public static class DatasetProfiling
{
    private const int RowsWorthThreads = 2048;

    /// <summary>Reads the data once and describes its columns; memory stays bounded however many rows there are.</summary>
    /// <remarks>The columns of a batch are counted on all cores while the next batch is read.</remarks>
    /// <param name="dataset">The rows.</param>
    /// <param name="options">Which columns, how many frequent values and bins; null for the defaults.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.ColumnNotFound"/>, or the data could not be read. No rows give an empty profile.
    /// </exception>
    public static async Task<DataProfile> ProfileAsync(
        this Dataset dataset, DataProfileOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DataProfileOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.TopValues, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HistogramBins, 1, nameof(options));
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        Field[] fields = options.Columns is { } columns
            ? [.. columns.Select(column => dataset.RequireColumn(schema, column))] : [.. schema.FieldsList];
        if (fields.Length == 0)
        {
            return new DataProfile(dataset.Name, await dataset.CountAsync(cancellationToken).ConfigureAwait(false), [], null, options);
        }

        var collector = new ProfileCollector(dataset.Name, fields, options);
        await dataset.ReadAheadAsync(
            new DatasetReadOptions { Columns = options.Columns }, collector.Add, cancellationToken).ConfigureAwait(false);
        return collector.Complete();
    }

    /// <summary>Hands batch after batch to a consumer, in order, while the next one is read on another thread.</summary>
    internal static async Task ReadAheadAsync(
        this Dataset dataset, DatasetReadOptions options, Action<RecordBatch> consume, CancellationToken cancellationToken)
    {
        var batches = dataset.ReadPlainAsync(options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (batches.ConfigureAwait(false))
        {
            var next = Next();
            try
            {
                while (await next.ConfigureAwait(false))
                {
                    using var batch = batches.Current;
                    next = Next();
                    consume(batch);
                }
            }
            catch
            {
                // The reader must not be disposed while it reads; what it read ahead is let go.
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (next.IsCompletedSuccessfully && await next.ConfigureAwait(false))
                {
                    batches.Current.Dispose();
                }

                throw;
            }
        }

        Task<bool> Next() => Task.Run(() => batches.MoveNextAsync().AsTask(), CancellationToken.None);
    }

    /// <summary>Calls the work for each number below the count, on all cores where the rows are worth it.</summary>
    internal static void ForEachColumn(int count, int rows, Action<int> work)
    {
        if (count == 1 || rows < RowsWorthThreads)
        {
            for (var i = 0; i < count; i++)
            {
                work(i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, work);
        }
        catch (AggregateException errors) when (errors.InnerExceptions[0] is MlOpsException first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
