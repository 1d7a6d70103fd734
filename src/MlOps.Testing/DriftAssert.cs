using System.Diagnostics;
using MlOps.Data;
using MlOps.Statistics;

namespace MlOps.Testing;

/// <summary>Assertions that two samples come from one distribution, for any test framework.</summary>
/// <remarks>A failed assertion throws <see cref="AssertionFailedException"/>. A pass means "no evidence of a difference that matters".</remarks>
[StackTraceHidden]
public static class DriftAssert
{
    /// <summary>Compares two samples of one number; NaN is missing.</summary>
    /// <param name="column">What the numbers are, for the message.</param>
    /// <param name="reference">The sample to compare with.</param>
    /// <param name="current">The sample to judge.</param>
    /// <param name="options">When a difference counts; null takes the defaults.</param>
    /// <exception cref="AssertionFailedException">They differ, by evidence and by size.</exception>
    public static void NoDrift(string column, ReadOnlySpan<double> reference, ReadOnlySpan<double> current, DriftOptions? options = null) =>
        NoDrift(DriftReport.Of([DriftTest.Numeric(column, reference, current, options)], options));

    /// <summary>Compares two samples of one category; null is missing.</summary>
    /// <param name="column">What the categories are, for the message.</param>
    /// <param name="reference">The sample to compare with.</param>
    /// <param name="current">The sample to judge.</param>
    /// <param name="options">When a difference counts; null takes the defaults.</param>
    /// <exception cref="AssertionFailedException">They differ, by evidence and by size.</exception>
    public static void NoDrift(string column, IEnumerable<string?> reference, IEnumerable<string?> current, DriftOptions? options = null) =>
        NoDrift(DriftReport.Of([DriftTest.Categorical(column, reference, current, options)], options));

    /// <summary>Compares two data sets over the columns of numbers, text and booleans of the reference.</summary>
    /// <param name="reference">The data to compare with, such as the training set; read once, and held in memory meanwhile.</param>
    /// <param name="current">The data to judge; streamed.</param>
    /// <param name="options">When a difference counts, and how it is corrected over the columns; null takes the defaults.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The comparison of every column.</returns>
    /// <exception cref="AssertionFailedException">A column drifted; the message lists each that did.</exception>
    /// <exception cref="MlOpsException">A data set could not be read, or the current one lacks a column.</exception>
    public static async Task<DriftReport> NoDriftAsync(
        Dataset reference, Dataset current, DriftOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        var report = await current.DriftFromAsync(reference, options, cancellationToken).ConfigureAwait(false);
        NoDrift(report);
        return report;
    }

    /// <summary>Compares a data set with a fitted baseline, such as the one that is stored with a model.</summary>
    /// <param name="baseline">Fitted on the data to compare with: numbers, and categories of text or booleans.</param>
    /// <param name="current">The data to judge; streamed.</param>
    /// <param name="options">When a difference counts, and how it is corrected over the columns; null takes the defaults.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The comparison of every column.</returns>
    /// <exception cref="AssertionFailedException">A column drifted; the message lists each that did.</exception>
    /// <exception cref="MlOpsException">The data could not be read, or lack a column of the baseline.</exception>
    public static async Task<DriftReport> NoDriftAsync(
        FittedBaseline baseline, Dataset current, DriftOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(current);
        var report = await current.DriftFromAsync(baseline, options, cancellationToken).ConfigureAwait(false);
        NoDrift(report);
        return report;
    }

    /// <summary>Passes when no column of a comparison drifted.</summary>
    /// <param name="report">The comparison, corrected over its columns.</param>
    /// <exception cref="AssertionFailedException">A column drifted; the message lists each that did.</exception>
    public static void NoDrift(DriftReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.HasDrift)
        {
            throw new AssertionFailedException(FailureText.Of(
                $"{report.DriftedColumns.Count} of {report.Columns.Count} columns drifted.",
                ["column", "effect", "why"],
                [.. report.DriftedColumns.Select(column => (IReadOnlyList<string>)[column.Column, FailureText.Number(column.Effect), column.Reason])]));
        }
    }
}
