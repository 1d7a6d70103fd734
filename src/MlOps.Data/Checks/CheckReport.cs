using System.Diagnostics;
using System.Globalization;
using MlOps.Data.Checks.Reporting;
using MlOps.Data.Operations;
using MlOps.Reports;

namespace MlOps.Data;

/// <summary>What a suite of checks found: every check, passed or not.</summary>
[DebuggerDisplay("{Suite} on {Dataset.Name}: passed {Passed}, {Failures.Count} failed")]
public sealed class CheckReport
{
    private readonly IReadOnlyList<(CheckResult Result, FailureBitmap Failures)> _checks;

    internal CheckReport(string suite, Dataset dataset, long rowCount, IReadOnlyList<(CheckResult Result, FailureBitmap Failures)> checks)
    {
        (Suite, Dataset, RowCount, _checks) = (suite, dataset, rowCount, checks);
        Results = [.. checks.Select(check => check.Result)];
    }

    /// <summary>The suite's name.</summary>
    public string Suite { get; }

    /// <summary>The data that was checked.</summary>
    public Dataset Dataset { get; }

    /// <summary>The rows read; 0 when no check needed rows.</summary>
    public long RowCount { get; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedAt { get; internal init; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>All checks, in the order defined.</summary>
    public IReadOnlyList<CheckResult> Results { get; }

    /// <summary>The checks that did not pass, warnings among them, the critical ones first.</summary>
    public IReadOnlyList<CheckResult> Failures => [.. Results.Where(result => !result.Passed).OrderByDescending(result => result.Severity == CheckSeverity.Critical)];

    /// <summary>Whether no check of severity error or critical failed.</summary>
    public bool Passed => Results.All(result => result.Passed || result.Severity == CheckSeverity.Warning);

    /// <summary>Splits the data: rows right in every check of severity error or critical, and the rest, tolerated rows among them.</summary>
    /// <param name="includeWarnings">Whether rows that fail a warning are bad as well.</param>
    /// <remarks>Lazy: the data is read again with the failures found, so the source must give the same rows in the same order.</remarks>
    public (Dataset Good, Dataset Bad) Quarantine(bool includeWarnings = false)
    {
        var bad = new FailureBitmap();
        foreach (var (result, failures) in _checks)
        {
            if (includeWarnings || result.Severity != CheckSeverity.Warning)
            {
                bad.UnionWith(failures);
            }
        }

        return (Part(bad, wanted: false), Part(bad, wanted: true));
    }

    /// <summary>The report as a document, to be saved as HTML or shown in a notebook.</summary>
    public Report ToReport() => CheckReportPage.Of(this);

    /// <summary>The report as plain text.</summary>
    public string ToText() => ToReport().ToText();

    /// <summary>The report as JSON: <c>passed</c> for the whole, and every check with its counts, example rows and segments.</summary>
    /// <remarks>Names are in snake_case, the same as <c>mlops data check --json</c> writes.</remarks>
    public string ToJson() => CheckReportJson.Write(this);

    /// <summary>The report as JUnit XML, which build servers show: a test case for each check; warnings pass, with what was seen as output.</summary>
    public string ToJUnit() => JUnitFile.Write(this);

    /// <summary>A line for the whole and one for each check that did not pass.</summary>
    public override string ToString()
    {
        var failed = Failures;
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{Suite} on {Dataset.Name}: {(Passed ? "passed" : "FAILED")}, {Results.Count - failed.Count} of {Results.Count} checks passed, {RowCount:#,0} rows.");
        return string.Join('\n', [head, .. failed.Select(result => $"  {result}")]);
    }

    private Dataset Part(FailureBitmap bad, bool wanted) => new(Dataset.Name + (wanted ? ", bad rows" : ""), new RowFilter(Dataset, [], (batch, rows) =>
    {
        for (var i = 0; i < batch.Length; i++)
        {
            if (bad[batch.Position + i] == wanted)
            {
                rows.Add(i);
            }
        }
    }));
}
