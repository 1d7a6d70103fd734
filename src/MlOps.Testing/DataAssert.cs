using System.Diagnostics;
using System.Globalization;
using MlOps.Data;

namespace MlOps.Testing;

/// <summary>Assertions on data sets, for any test framework.</summary>
/// <remarks>A failed assertion throws <see cref="AssertionFailedException"/>. Safe to call from several tests at once.</remarks>
[StackTraceHidden]
public static partial class DataAssert
{
    private const int ShownRows = 3;

    /// <summary>Passes when no check of severity error or critical fails on the data; warnings pass.</summary>
    /// <param name="dataset">The data; read once.</param>
    /// <param name="checks">What is expected of it.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The report, with the warnings.</returns>
    /// <exception cref="AssertionFailedException">A check failed; the message lists each with its first wrong rows.</exception>
    /// <exception cref="MlOpsException">The data could not be read.</exception>
    public static Task<CheckReport> PassesAsync(Dataset dataset, DataChecks checks, CancellationToken cancellationToken = default) =>
        PassesAsync(dataset, checks, CheckOptions.Default, cancellationToken);

    /// <summary>Passes when no check of severity error or critical fails on the data; warnings pass.</summary>
    /// <param name="dataset">The data; read once.</param>
    /// <param name="checks">What is expected of it.</param>
    /// <param name="options">Personal columns, the clock, the history of metrics.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The report, with the warnings.</returns>
    /// <exception cref="AssertionFailedException">A check failed; the message lists each with its first wrong rows.</exception>
    /// <exception cref="MlOpsException">The data could not be read.</exception>
    public static async Task<CheckReport> PassesAsync(
        Dataset dataset, DataChecks checks, CheckOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(checks);
        var report = await checks.RunAsync(dataset, options, cancellationToken).ConfigureAwait(false);
        if (!report.Passed)
        {
            var failed = report.Failures.Where(result => result.Severity != CheckSeverity.Warning).ToList();
            throw new AssertionFailedException(FailureText.Of(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{failed.Count} of {report.Results.Count} checks of '{report.Suite}' failed on '{dataset.Name}' ({report.RowCount:#,0} rows)."),
                ["column", "check", "wrong", "of", "observed", "first rows"],
                [.. failed.Select(Row)]));
        }

        return report;
    }

    private static IReadOnlyList<string> Row(CheckResult result) =>
    [
        result.Column ?? "",
        result.Name,
        result.Failed.ToString("#,0", CultureInfo.InvariantCulture),
        result.Evaluated.ToString("#,0", CultureInfo.InvariantCulture),
        result.Observed,
        string.Join("; ", result.Examples.Take(ShownRows)),
    ];
}
