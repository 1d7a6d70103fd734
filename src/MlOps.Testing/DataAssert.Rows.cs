using System.Globalization;
using MlOps.Data;

namespace MlOps.Testing;

/// <content>Rows whose type says what they must be.</content>
public static partial class DataAssert
{
    private const int ShownViolations = 10;

    /// <summary>Passes when a row breaks no rule of its type but warnings.</summary>
    /// <typeparam name="T">The type of the row, with <see cref="CheckedRowAttribute"/>.</typeparam>
    /// <param name="row">The row.</param>
    /// <returns>The warnings.</returns>
    /// <exception cref="AssertionFailedException">It breaks a rule; the message lists each with the value.</exception>
    public static RowViolations Valid<T>(T row)
        where T : ICheckedRow<T>
    {
        var violations = T.Validate(row);
        return violations.Passed
            ? violations
            : throw new AssertionFailedException(FailureText.Of(
                $"The row breaks {Rules(violations.Count(IsError))} of {typeof(T).Name}.",
                ["column", "check", "value"],
                [.. violations.Where(IsError).Select(violation => (IReadOnlyList<string>)[violation.Column, violation.Check, violation.Value ?? "missing"])]));
    }

    /// <summary>Passes when no row breaks a rule of its type but warnings. Rules that need other rows, such as uniqueness, are not judged.</summary>
    /// <typeparam name="T">The type of a row, with <see cref="CheckedRowAttribute"/>.</typeparam>
    /// <param name="rows">The rows; gone through once.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>How many rows there were.</returns>
    /// <exception cref="AssertionFailedException">A row breaks a rule; the message lists the first ten violations.</exception>
    public static async Task<long> ValidAsync<T>(IAsyncEnumerable<T> rows, CancellationToken cancellationToken = default)
        where T : ICheckedRow<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<IReadOnlyList<string>> shown = [];
        long position = 0, wrong = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var violations = T.Validate(row);
            if (!violations.Passed)
            {
                wrong++;
                shown.AddRange(violations.Where(IsError).Take(ShownViolations - shown.Count).Select(violation => (IReadOnlyList<string>)
                    [position.ToString(CultureInfo.InvariantCulture), violation.Column, violation.Check, violation.Value ?? "missing"]));
            }

            position++;
        }

        return wrong == 0
            ? position
            : throw new AssertionFailedException(FailureText.Of(
                string.Create(CultureInfo.InvariantCulture, $"{wrong:#,0} of {position:#,0} rows break the rules of {typeof(T).Name}."), ["row", "column", "check", "value"], shown));
    }

    /// <summary>Passes when no row breaks a rule of its type but warnings. Rules that need other rows, such as uniqueness, are not judged.</summary>
    /// <typeparam name="T">The type of a row, with <see cref="CheckedRowAttribute"/>.</typeparam>
    /// <param name="rows">The rows; gone through once.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>How many rows there were.</returns>
    /// <exception cref="AssertionFailedException">A row breaks a rule; the message lists the first ten violations.</exception>
    public static Task<long> ValidAsync<T>(IEnumerable<T> rows, CancellationToken cancellationToken = default)
        where T : ICheckedRow<T> => ValidAsync(rows.ToAsyncEnumerable(), cancellationToken);

    private static bool IsError(RowViolation violation) => violation.Severity != CheckSeverity.Warning;

    private static string Rules(int count) => count == 1 ? "a rule" : string.Create(CultureInfo.InvariantCulture, $"{count} rules");
}
