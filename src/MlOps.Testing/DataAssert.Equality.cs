using System.Globalization;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.Testing;

/// <content>Equality of two data sets.</content>
public static partial class DataAssert
{
    /// <summary>Passes when two data sets have the same columns and rows; columns may come in any order and numbers in any width.</summary>
    /// <param name="expected">What there should be; held in memory.</param>
    /// <param name="actual">What there is; streamed.</param>
    /// <param name="keys">The columns by which a row finds its like, such as an id; null or none for rows in the same order.</param>
    /// <param name="tolerance">The largest difference between two numbers that are equal. Default: 0. Two missing values are equal.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="AssertionFailedException">They differ; the message lists the columns, or the first ten cells.</exception>
    /// <exception cref="MlOpsException">A data set could not be read, or lacks a key.</exception>
    /// <exception cref="ArgumentException">Two expected rows have one key.</exception>
    public static async Task EqualAsync(
        Dataset expected, Dataset actual, IReadOnlyList<string>? keys = null, double tolerance = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        var fields = (await expected.GetSchemaAsync(cancellationToken).ConfigureAwait(false)).FieldsList;
        var kinds = (await actual.GetSchemaAsync(cancellationToken).ConfigureAwait(false)).FieldsList
            .ToDictionary(field => field.Name, field => ColumnReader.KindOf(field.DataType), StringComparer.Ordinal);
        RequireSameColumns(
            expected.Name, actual.Name, fields.ToDictionary(field => field.Name, field => ColumnReader.KindOf(field.DataType), StringComparer.Ordinal), kinds);

        var comparison = new RowComparison([.. fields.Select(field => field.Name)], kinds, keys ?? [], tolerance);
        await foreach (var row in expected.ReadRowsAsync(comparison.Take, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            comparison.Expect(row);
        }

        await foreach (var row in actual.ReadRowsAsync(comparison.Take, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            comparison.Compare(row);
        }

        if (comparison.Finish() is { } difference)
        {
            throw new AssertionFailedException(FailureText.Of(
                $"'{actual.Name}' is not equal to '{expected.Name}': {difference}.",
                [comparison.RowHead, "column", "expected", "actual"],
                comparison.Shown));
        }
    }

    private static void RequireSameColumns(string expected, string actual, Dictionary<string, ColumnKind> wanted, Dictionary<string, ColumnKind> there)
    {
        var different = wanted.Keys.Union(there.Keys, StringComparer.Ordinal)
            .Where(column => !wanted.TryGetValue(column, out var want) || !there.TryGetValue(column, out var have) || want != have)
            .Select(column => (IReadOnlyList<string>)[column, Kind(wanted, column), Kind(there, column)])
            .ToList();
        if (different.Count > 0)
        {
            throw new AssertionFailedException(FailureText.Of(
                string.Create(CultureInfo.InvariantCulture, $"'{actual}' is not equal to '{expected}': {different.Count} columns differ."),
                ["column", "expected", "actual"],
                different));
        }
    }

    private static string Kind(Dictionary<string, ColumnKind> kinds, string column) => kinds.TryGetValue(column, out var kind) ? kind.ToString() : "not there";
}
