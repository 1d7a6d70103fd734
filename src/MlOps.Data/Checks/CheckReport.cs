using System.Diagnostics;
using System.Globalization;
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

    /// <summary>All checks, in the order defined.</summary>
    public IReadOnlyList<CheckResult> Results { get; }

    /// <summary>The checks that did not pass, warnings among them.</summary>
    public IReadOnlyList<CheckResult> Failures => [.. Results.Where(result => !result.Passed)];

    /// <summary>Whether no check of severity error failed.</summary>
    public bool Passed => Results.All(result => result.Passed || result.Severity == CheckSeverity.Warning);

    /// <summary>Splits the data: rows right in every check of severity error, and the rest, tolerated rows among them.</summary>
    /// <param name="includeWarnings">Whether rows that fail a warning are bad as well.</param>
    /// <remarks>Lazy: the data is read again with the failures found, so the source must give the same rows in the same order.</remarks>
    public (Dataset Good, Dataset Bad) Quarantine(bool includeWarnings = false)
    {
        var bad = new FailureBitmap();
        foreach (var (result, failures) in _checks)
        {
            if (includeWarnings || result.Severity == CheckSeverity.Error)
            {
                bad.UnionWith(failures);
            }
        }

        return (Part(bad, wanted: false), Part(bad, wanted: true));
    }

    /// <summary>The report as a document.</summary>
    public Report ToReport()
    {
        var failed = Failures;
        var report = new Report($"Checks '{Suite}'").Subtitle(string.Create(CultureInfo.InvariantCulture, $"{Dataset.Name}, {RowCount} rows"));
        report.Section("Result", section => section
            .Text(
                failed.Count == 0 ? $"All {Results.Count} checks passed." : $"{failed.Count} of {Results.Count} checks did not pass.",
                failed.Count == 0 ? ReportTone.Good : Passed ? ReportTone.Warning : ReportTone.Bad)
            .Table(ReportTable.Of(
                Results,
                ("Column", result => new ReportCell(result.Column)),
                ("Check", result => new ReportCell(result.Name)),
                ("Result", result => new ReportCell(result.Passed ? "passed" : result.Severity == CheckSeverity.Error ? "failed" : "warning", Tone(result))),
                ("Wrong", result => new ReportCell(result.Failed.ToString("#,0", CultureInfo.InvariantCulture))),
                ("Share", result => new ReportCell(result.FailedShare.ToString("0.###%", CultureInfo.InvariantCulture))),
                ("Observed", result => new ReportCell(result.Observed)))));
        if (failed.Any(result => result.Examples.Count > 0))
        {
            report.Section("Example rows", section => section.Table(ReportTable.Of(
                failed.SelectMany(result => result.Examples.Select(example => (Result: result, Example: example))),
                ("Check", item => new ReportCell($"{item.Result.Column} {item.Result.Name}".Trim())),
                ("Row", item => new ReportCell(item.Example.Position.ToString(CultureInfo.InvariantCulture))),
                ("Value", item => new ReportCell(item.Example.Value ?? "missing")))));
        }

        return report;
    }

    /// <summary>The report as plain text.</summary>
    public string ToText() => ToReport().ToText();

    /// <summary>A line for the whole and one for each check that did not pass.</summary>
    public override string ToString()
    {
        var failed = Failures;
        var head = string.Create(CultureInfo.InvariantCulture, $"{Suite} on {Dataset.Name}: {(Passed ? "passed" : "FAILED")}, {Results.Count - failed.Count} of {Results.Count} checks passed, {RowCount} rows.");
        return string.Join('\n', [head, .. failed.Select(result => $"  {result}")]);
    }

    private static ReportTone Tone(CheckResult result) => result.Passed ? ReportTone.Good : result.Severity == CheckSeverity.Error ? ReportTone.Bad : ReportTone.Warning;

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
