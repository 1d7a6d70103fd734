using MlOps.Data.Columns;
using MlOps.Data.Operations;
using MlOps.Data.Operations.Keys;

namespace MlOps.Data;

public static partial class DatasetOperations
{
    /// <summary>Splits the rows at random: each row goes its own way by the seed and its position.</summary>
    /// <remarks>
    /// The parts are disjoint, cover the data set and keep its order. Equal seeds give equal splits on every machine and whatever the size of
    /// the batches. Shares hold on average: a part of n rows differs from its share by about √(n·(1 − share)) rows; where counts must be
    /// exact or classes are rare, use <see cref="SplitStratified"/>, and where rows belong together, <see cref="SplitByGroup"/>. Nested
    /// splits need seeds of their own.
    /// </remarks>
    /// <param name="dataset">The rows; every part reads all of them and keeps its own.</param>
    /// <param name="shares">The parts, two or more; each above 0, together 1.</param>
    /// <param name="seed">Another seed gives another split.</param>
    /// <exception cref="ArgumentException">The shares are not such.</exception>
    public static DatasetSplit Split(this Dataset dataset, IReadOnlyList<double> shares, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var parts = new Shares(shares);
        var hash = new SeededHash(seed, 1);
        return Parts(dataset, parts, part => new RowFilter(dataset, [], (batch, rows) =>
        {
            for (var i = 0; i < batch.Length; i++)
            {
                if (parts.PartOf(hash.At(batch.Position + i)) == part)
                {
                    rows.Add(i);
                }
            }
        }));
    }

    /// <summary>Splits the rows at random so that every value of a column is in each part by its share, to within one row.</summary>
    /// <remarks>
    /// The parts are disjoint, cover the data set and keep its order; equal seeds give equal splits whatever the size of the batches. A
    /// missing value is a value like the others. Values with fewer rows than there are parts go to parts drawn by the shares, so that small
    /// ones are not always in the same. A part's read counts the column in a pass of its own first; one count per distinct value is held.
    /// </remarks>
    /// <param name="dataset">The rows; must be the same at every read.</param>
    /// <param name="column">The label or class: text, numbers, booleans or times.</param>
    /// <param name="shares">The parts, two or more; each above 0, together 1.</param>
    /// <param name="seed">Another seed gives another split.</param>
    /// <exception cref="ArgumentException">The shares are not such.</exception>
    /// <exception cref="MlOpsException">
    /// When read: <see cref="ErrorCodes.ColumnNotFound"/>, <see cref="ErrorCodes.ColumnType"/>, or <see cref="ErrorCodes.TooLarge"/> for a
    /// column of more than a million distinct values.
    /// </exception>
    public static DatasetSplit SplitStratified(this Dataset dataset, string column, IReadOnlyList<double> shares, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrEmpty(column);
        var parts = new Shares(shares);
        return Parts(dataset, parts, part => new RowFilter(
            dataset, [column], cancellationToken => Strata.StartAsync(dataset, column, parts, part, seed, cancellationToken)));
    }

    /// <summary>Splits the rows by groups that must stay together, such as all rows of one customer: no group is in two parts.</summary>
    /// <remarks>
    /// A group's part depends on the seed and the group's value alone: it stays there when rows are added, and two data sets split with the
    /// same seed put a group (of the same column type) into the same part. Rows without a group are one group. Shares hold for groups, on average; with few or
    /// uneven groups look at the counts. Nothing is held in memory.
    /// </remarks>
    /// <param name="dataset">The rows; every part reads all of them and keeps its own.</param>
    /// <param name="column">What says to which group a row belongs: text, numbers, booleans or times.</param>
    /// <param name="shares">The parts, two or more; each above 0, together 1.</param>
    /// <param name="seed">Another seed gives another split.</param>
    /// <exception cref="ArgumentException">The shares are not such.</exception>
    /// <exception cref="MlOpsException">When read: <see cref="ErrorCodes.ColumnNotFound"/>, <see cref="ErrorCodes.ColumnType"/>.</exception>
    public static DatasetSplit SplitByGroup(this Dataset dataset, string column, IReadOnlyList<double> shares, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrEmpty(column);
        var parts = new Shares(shares);
        var hash = new SeededHash(seed, 2);
        return Parts(dataset, parts, part => new RowFilter(dataset, [column], async cancellationToken =>
        {
            var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
            var keys = KeyBytes.Of(dataset, schema, [column]);
            return (batch, rows) =>
            {
                keys.Start(batch.Batch);
                for (var i = 0; i < batch.Length; i++)
                {
                    if (parts.PartOf(hash.Of(keys[i])) == part)
                    {
                        rows.Add(i);
                    }
                }
            };
        }));
    }

    /// <summary>Splits the rows at instants, so that no part knows the future of an earlier one: the rows before the first instant, those from it to before the next, and those from the last on.</summary>
    /// <remarks>Rows without a time are in no part.</remarks>
    /// <param name="dataset">The rows.</param>
    /// <param name="column">A timestamp or date column.</param>
    /// <param name="at">One instant for two parts, two for three and so on; rising.</param>
    /// <exception cref="ArgumentException">There is no instant, or they do not rise.</exception>
    public static DatasetSplit SplitByTime(this Dataset dataset, string column, params IReadOnlyList<DateTimeOffset> at)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(at);
        ArgumentOutOfRangeException.ThrowIfZero(at.Count, nameof(at));
        DateTimeOffset[] borders = [DateTimeOffset.MinValue, .. at, DateTimeOffset.MaxValue];
        for (var i = 1; i < at.Count; i++)
        {
            if (at[i] <= at[i - 1])
            {
                throw new ArgumentException($"The instants to split at must rise, and {at[i]:O} does not come after {at[i - 1]:O}.", nameof(at));
            }
        }

        return new DatasetSplit([.. borders.Skip(1).Select((to, i) => dataset.Where(column, borders[i], to))]);
    }

    /// <summary>Keeps each row with the same probability, by the seed and the row's position.</summary>
    /// <remarks>Keeps the order; equal seeds keep equal rows whatever the size of the batches. The count varies around its share.</remarks>
    /// <param name="dataset">The rows.</param>
    /// <param name="share">From 0 (none) to 1 (all).</param>
    /// <param name="seed">Another seed gives another sample.</param>
    public static Dataset Sample(this Dataset dataset, double share, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!(share is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1; a number of rows is written without a point.");
        }

        var hash = new SeededHash(seed, 3);
        return new Dataset(dataset.Name, new RowFilter(dataset, [], (batch, rows) =>
        {
            for (var i = 0; i < batch.Length; i++)
            {
                if (SeededHash.Unit(hash.At(batch.Position + i)) < share)
                {
                    rows.Add(i);
                }
            }
        }));
    }

    /// <summary>Keeps so many rows at random without replacement, or all where there are fewer; every set of rows is equally likely.</summary>
    /// <remarks>
    /// Keeps the order; equal seeds keep equal rows whatever the size of the batches, and a larger sample with the same seed holds the smaller one. One
    /// pass through the whole data set comes before the first row; at most about three times the sample is held in memory.
    /// </remarks>
    /// <param name="dataset">The rows.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="seed">Another seed gives another sample.</param>
    public static Dataset Sample(this Dataset dataset, int count, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new Dataset(dataset.Name, new SampledRows(dataset, count, new SeededHash(seed, 4)));
    }

    private static DatasetSplit Parts(Dataset dataset, Shares shares, Func<int, RowFilter> filter) =>
        new([.. Enumerable.Range(0, shares.Count).Select(part => new Dataset(dataset.Name, filter(part)))]);
}
