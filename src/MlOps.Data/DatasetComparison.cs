using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Data.Equality;

namespace MlOps.Data;

/// <summary>Compares data sets row by row.</summary>
public static class DatasetComparison
{
    /// <summary>Finds what differs from what was expected; columns may come in any order, numbers in any width and times in any unit. Two missing values are equal.</summary>
    /// <param name="actual">What there is; streamed.</param>
    /// <param name="expected">What there should be; held in memory where rows are found by keys, see <see cref="DatasetDiffOptions.MemoryBudget"/>.</param>
    /// <param name="options">How to compare; null takes the defaults.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="MlOpsException">
    /// A data set could not be read; <see cref="ErrorCodes.ColumnNotFound"/> or <see cref="ErrorCodes.ColumnType"/>: a key is not there, or is of
    /// types that cannot be compared; <see cref="ErrorCodes.DuplicateKey"/>: two expected rows have one key; <see cref="ErrorCodes.TooLarge"/>.
    /// </exception>
    public static async Task<DatasetDiff> DiffFromAsync(
        this Dataset actual, Dataset expected, DatasetDiffOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        options ??= new DatasetDiffOptions();
        if (!(options.Tolerance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Tolerance, "The tolerance has to be 0 or greater.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxExamples, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MemoryBudget, nameof(options));
        var wanted = await expected.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var there = await actual.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        if (Different(wanted, there) is { Count: > 0 } columns)
        {
            return new DatasetDiff { Columns = columns };
        }

        var differences = new DifferenceList(wanted, options);
        if (options.Keys.Count == 0)
        {
            await PositionedRows.CompareAsync(expected, actual, differences, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await KeyedRows.CompareAsync((expected, wanted), (actual, there), differences, options, cancellationToken).ConfigureAwait(false);
        }

        return differences.ToDiff();
    }

    private static List<ColumnDifference> Different(Schema expected, Schema actual)
    {
        var (wanted, there) = (Kinds(expected), Kinds(actual));
        return
        [
            .. wanted.Keys.Union(there.Keys, StringComparer.Ordinal)
                .Select(column => new ColumnDifference(
                    column,
                    wanted.TryGetValue(column, out var want) ? want : null,
                    there.TryGetValue(column, out var have) ? have : null))
                .Where(column => column.Expected != column.Actual),
        ];

        static Dictionary<string, ColumnKind> Kinds(Schema schema) =>
            schema.FieldsList.ToDictionary(field => field.Name, field => ColumnReader.KindOf(field.DataType), StringComparer.Ordinal);
    }
}
