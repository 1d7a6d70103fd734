using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data.Columns;
using MlOps.Data.Operations;
using MlOps.Data.Sources;
using MlOps.Data.Sources.Text;

namespace MlOps.Data;

/// <summary>Makes data sets from data sets. Lazy and streaming: nothing is read until the result is, and every read starts anew.</summary>
public static partial class DatasetOperations
{
    /// <summary>Keeps some columns, in the order given; the source reads only those where its format can.</summary>
    public static Dataset Select(this Dataset dataset, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count, nameof(columns));
        return new Dataset(dataset.Name, new DerivedSource(
            async cancellationToken =>
            {
                var schema = await dataset.GetSchemaAsync(cancellationToken).ConfigureAwait(false);
                return new Schema([.. columns.Select(column => dataset.RequireColumn(schema, column))], schema.Metadata);
            },
            (options, cancellationToken) => dataset.ReadAsync(options with { Columns = options.Columns ?? columns }, cancellationToken)));
    }

    /// <summary>Keeps the rows of a half-open span of time: <paramref name="from"/> belongs to it, <paramref name="to"/> does not. Rows without a time are left out.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="column">A timestamp or date column.</param>
    /// <param name="from">The first instant in the span.</param>
    /// <param name="to">The first instant after it.</param>
    public static Dataset Where(this Dataset dataset, string column, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrEmpty(column);
        var (first, end) = (from.UtcTicks, to.UtcTicks);
        return new Dataset(dataset.Name, new RowFilter(dataset, [column], (batch, rows) =>
        {
            var ticks = batch.Ticks(batch.Ordinal(column));
            for (var i = 0; i < ticks.Length; i++)
            {
                if (ticks[i] >= first && ticks[i] < end && ticks[i] != ColumnReader.MissingTicks)
                {
                    rows.Add(i);
                }
            }
        }));
    }

    /// <summary>Keeps the rows for which a predicate is true.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="predicate">Called for each row in order, at every read.</param>
    /// <param name="columns">What the predicate reads; none for all columns, which costs a projecting reader their bytes.</param>
    public static Dataset Where(this Dataset dataset, Func<DatasetRow, bool> predicate, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(predicate);
        return new Dataset(dataset.Name, new RowFilter(dataset, Read(columns), (batch, rows) =>
        {
            for (var i = 0; i < batch.Length; i++)
            {
                if (predicate(new DatasetRow(batch, i)))
                {
                    rows.Add(i);
                }
            }
        }));
    }

    /// <summary>Keeps the first rows.</summary>
    public static Dataset Take(this Dataset dataset, long count)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new Dataset(dataset.Name, new DerivedSource(
            dataset.GetSchemaAsync,
            (options, cancellationToken) =>
            {
                var left = Math.Max(0, count - options.Offset);
                return dataset.ReadAsync(options with { Limit = Math.Min(left, options.Limit ?? left) }, cancellationToken);
            }));
    }

    /// <summary>Puts the rows of others after the rows of this one; all must have the same columns.</summary>
    public static Dataset Concat(this Dataset dataset, params IReadOnlyList<Dataset> others)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(others);
        return new Dataset(dataset.Name, new ChainedRows([dataset, .. others]));
    }

    /// <summary>Adds a column of numbers computed from each row, or replaces the column of that name; NaN is missing.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="name">The new column's name.</param>
    /// <param name="value">Called for each row in order, at every read.</param>
    /// <param name="columns">What it reads; none for all columns.</param>
    public static Dataset WithColumn(this Dataset dataset, string name, Func<DatasetRow, double> value, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Added(dataset, name, DoubleType.Default, columns, (appender, row) => appender.AppendValue(value(row)));
    }

    /// <summary>Adds or replaces a column of booleans.</summary>
    /// <inheritdoc cref="WithColumn(Dataset, string, Func{DatasetRow, double}, IReadOnlyList{string})"/>
    public static Dataset WithColumn(this Dataset dataset, string name, Func<DatasetRow, bool> value, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Added(dataset, name, BooleanType.Default, columns, (appender, row) => appender.AppendBoolean(value(row)));
    }

    /// <summary>Adds or replaces a column of text; null is missing.</summary>
    /// <inheritdoc cref="WithColumn(Dataset, string, Func{DatasetRow, double}, IReadOnlyList{string})"/>
    public static Dataset WithColumn(this Dataset dataset, string name, Func<DatasetRow, string?> value, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Added(dataset, name, StringType.Default, columns, (appender, row) =>
        {
            if (value(row) is { } text)
            {
                appender.AppendText(text);
            }
            else
            {
                appender.AppendMissing();
            }
        });
    }

    /// <summary>Adds or replaces a column of times, held in microseconds UTC.</summary>
    /// <inheritdoc cref="WithColumn(Dataset, string, Func{DatasetRow, double}, IReadOnlyList{string})"/>
    public static Dataset WithColumn(this Dataset dataset, string name, Func<DatasetRow, DateTimeOffset> value, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Added(dataset, name, CellText.Time, columns, (appender, row) =>
            appender.AppendValue((value(row).UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>Reads everything once and holds it in memory, so that later reads cost nothing.</summary>
    public static async Task<Dataset> ToMemoryAsync(this Dataset dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        List<RecordBatch> held = [];
        var batches = BatchShaping.RechunkAsync(dataset.ReadPlainAsync(null, cancellationToken), schema, DatasetReadOptions.All.BatchSize, cancellationToken);
        await foreach (var batch in batches.ConfigureAwait(false))
        {
            held.Add(batch);
        }

        return new Dataset(dataset.Name, new HeldBatches(schema, held));
    }

    /// <summary>Reads everything and holds it in memory in the order of a column; equal values keep their order, missing ones go last.</summary>
    /// <remarks>Text is ordered by code units, never by culture.</remarks>
    public static Task<Dataset> SortByAsync(this Dataset dataset, string column, bool descending = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrEmpty(column);
        return SortedRows.SortAsync(dataset, column, descending, cancellationToken);
    }

    private static Dataset Added(Dataset dataset, string name, IArrowType type, IReadOnlyList<string> columns, Action<ColumnAppender, DatasetRow> append)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Dataset(dataset.Name, new AddedColumn(dataset, new Field(name, type, true), Read(columns), append));
    }

    private static IReadOnlyList<string>? Read(IReadOnlyList<string> columns) => columns is { Count: > 0 } ? columns : null;
}
