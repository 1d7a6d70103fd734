using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace MlOps.Data.Columns;

/// <summary>Gives any stream of batches the columns, the row range and the batch size that a reader asked for.</summary>
public static class BatchShaping
{
    /// <summary>The schema of some columns in the order asked for.</summary>
    /// <param name="schema">Holds all of them, see <see cref="Dataset.RequireColumn"/>.</param>
    /// <param name="columns">Their names; null gives the schema back.</param>
    public static Schema Select(Schema schema, IReadOnlyList<string>? columns)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return columns is null
            ? schema
            : new Schema([.. columns.Select(column => schema.GetFieldByIndex(schema.GetFieldIndex(column, StringComparer.Ordinal)))], metadata: null);
    }

    /// <summary>Projects, cuts and splits: what a source does that cannot push the reader's wishes down.</summary>
    /// <remarks>A batch that fits as it is passes through; of others the wanted part is copied and the batch disposed.</remarks>
    /// <param name="batches">Plain columns, at least the wanted ones; they are taken over.</param>
    /// <param name="options">What the reader wants; columns, offset, limit and batch size are all applied.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<RecordBatch> ShapeAsync(
        IAsyncEnumerable<RecordBatch> batches, DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(options);
        var skip = options.Offset;
        var left = options.Limit ?? long.MaxValue;
        if (left <= 0)
        {
            yield break;
        }

        await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (skip >= batch.Length)
            {
                skip -= batch.Length;
                batch.Dispose();
                continue;
            }

            var start = (int)skip;
            var count = (int)Math.Min(batch.Length - start, left);
            skip = 0;
            left -= count;
            var schema = Select(batch.Schema, options.Columns);
            var sameColumns = ReferenceEquals(schema, batch.Schema) || schema.FieldsList.Select(field => field.Name).SequenceEqual(batch.Schema.FieldsList.Select(field => field.Name), StringComparer.Ordinal);
            if (start == 0 && count == batch.Length && count <= options.BatchSize && sameColumns)
            {
                yield return batch;
            }
            else
            {
                for (var at = start; at < start + count; at += options.BatchSize)
                {
                    yield return Slice(batch, schema, at, Math.Min(options.BatchSize, start + count - at));
                }

                batch.Dispose();
            }

            if (left == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>Copies chosen rows and some columns into managed memory; the batch stays its owner's.</summary>
    /// <param name="batch">Plain columns, at least the wanted ones.</param>
    /// <param name="schema">The wanted columns.</param>
    /// <param name="rows">Which rows, in the order wanted; a row may occur more than once.</param>
    public static RecordBatch Gather(RecordBatch batch, Schema schema, int[] rows)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(rows);
        return new(schema, schema.FieldsList.Select(field =>
        {
            var appender = ColumnAppender.For(field);
            appender.Append(Column(batch, field.Name), rows);
            return appender.Build();
        }), rows.Length);
    }

    /// <summary>The same rows in batches of exactly one size, the last one smaller; equal rows give equal bytes.</summary>
    /// <param name="batches">Plain columns in the order of the schema; they are taken over.</param>
    /// <param name="schema">Their schema.</param>
    /// <param name="size">The rows of a batch, at least 1; <see cref="int.MaxValue"/> gives one batch.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<RecordBatch> RechunkAsync(
        IAsyncEnumerable<RecordBatch> batches, Schema schema, int size, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ColumnAppender[] appenders = [];
        var filled = 0;
        await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                if (appenders.Length == 0)
                {
                    // Not before a batch is there: a source that cannot read a column says so first, and names its file.
                    appenders = [.. schema.FieldsList.Select(ColumnAppender.For)];
                }

                for (var at = 0; at < batch.Length;)
                {
                    var count = Math.Min(size - filled, batch.Length - at);
                    for (var i = 0; i < appenders.Length; i++)
                    {
                        appenders[i].Append(batch.Column(i), at, count);
                    }

                    at += count;
                    filled += count;
                    if (filled == size)
                    {
                        yield return new RecordBatch(schema, appenders.Select(appender => appender.Build()).ToArray(), filled);
                        filled = 0;
                    }
                }
            }
        }

        if (filled > 0)
        {
            yield return new RecordBatch(schema, appenders.Select(appender => appender.Build()).ToArray(), filled);
        }
    }

    private static RecordBatch Slice(RecordBatch batch, Schema schema, int start, int count) =>
        new(schema, schema.FieldsList.Select(field => PlainColumns.Copy(Column(batch, field.Name), field, start, count)), count);

    private static IArrowArray Column(RecordBatch batch, string name) => batch.Column(batch.Schema.GetFieldIndex(name, StringComparer.Ordinal));
}
