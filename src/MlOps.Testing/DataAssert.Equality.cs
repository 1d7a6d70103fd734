using System.Globalization;
using MlOps.Data;

namespace MlOps.Testing;

/// <content>Equality of two data sets.</content>
public static partial class DataAssert
{
    /// <summary>Passes when two data sets have the same columns and rows; columns may come in any order and numbers in any width.</summary>
    /// <param name="expected">What there should be; held in memory where there are keys.</param>
    /// <param name="actual">What there is; streamed.</param>
    /// <param name="keys">The columns by which a row finds its like, such as an id; null or none for rows in the same order.</param>
    /// <param name="tolerance">The largest difference between two numbers that are equal. Default: 0. Two missing values are equal.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="AssertionFailedException">They differ; the message lists the columns, or the first ten cells.</exception>
    /// <exception cref="MlOpsException">A data set could not be read, lacks a key, or <see cref="ErrorCodes.DuplicateKey"/>: two expected rows have one key.</exception>
    public static async Task EqualAsync(
        Dataset expected, Dataset actual, IReadOnlyList<string>? keys = null, double tolerance = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        var diff = await actual.DiffFromAsync(expected, new DatasetDiffOptions { Keys = keys ?? [], Tolerance = tolerance }, cancellationToken).ConfigureAwait(false);
        if (diff.Columns.Count > 0)
        {
            throw new AssertionFailedException(FailureText.Of(
                string.Create(CultureInfo.InvariantCulture, $"'{actual.Name}' is not equal to '{expected.Name}': {diff.Columns.Count} columns differ."),
                ["column", "expected", "actual"],
                [.. diff.Columns.Select(column => (IReadOnlyList<string>)[column.Column, Kind(column.Expected), Kind(column.Actual)])]));
        }

        if (!diff.IsEqual)
        {
            throw new AssertionFailedException(FailureText.Of(
                $"'{actual.Name}' is not equal to '{expected.Name}': {diff}.",
                [keys is { Count: > 0 } ? string.Join(", ", keys) : "row", "column", "expected", "actual"],
                [.. diff.Examples.Select(Row)]));
        }
    }

    private static IReadOnlyList<string> Row(DatasetDifference difference) => difference.Kind switch
    {
        DatasetDifferenceKind.MissingRow => [difference.Row, "", "a row", "no row"],
        DatasetDifferenceKind.ExtraRow => [difference.Row, "", "no row", "a row"],
        _ => [difference.Row, difference.Column!, difference.Expected ?? "missing", difference.Actual ?? "missing"],
    };

    private static string Kind(ColumnKind? kind) => kind?.ToString() ?? "not there";
}
