using System.Globalization;
using MlOps.Reports;

namespace MlOps.Data.Checks.Reporting;

/// <summary>A report of checks as a page.</summary>
internal static class CheckReportPage
{
    private const int MostSegments = 50;

    public static Report Of(CheckReport report)
    {
        var failed = report.Failures;
        var page = new Report($"Checks '{report.Suite}'").Subtitle(string.Create(CultureInfo.InvariantCulture, $"{report.Dataset.Name}, {report.RowCount:#,0} rows"));
        page.Section("Result", section => section
            .Text(
                failed.Count == 0 ? $"All {report.Results.Count} checks passed." : $"{failed.Count} of {report.Results.Count} checks did not pass.",
                failed.Count == 0 ? ReportTone.Good : report.Passed ? ReportTone.Warning : ReportTone.Bad)
            .Table(ReportTable.Of(
                report.Results,
                ("Column", result => new ReportCell(result.Column)),
                ("Check", result => new ReportCell(result.Name)),
                ("Result", result => new ReportCell(result.Verdict.ToLowerInvariant(), Tone(result))),
                ("Wrong", result => new ReportCell(CountsRows(result) ? result.Failed.ToString("#,0", CultureInfo.InvariantCulture) : "")),
                ("Share", result => new ReportCell(CountsRows(result) ? result.FailedShare.ToString("0.###%", CultureInfo.InvariantCulture) : "")),
                ("Observed", result => new ReportCell(result.Observed)))));
        if (failed.Any(result => result.Examples.Count > 0))
        {
            page.Section("Example rows", section => section.Table(ReportTable.Of(
                failed.SelectMany(result => result.Examples.Select(example => (Result: result, Example: example))),
                ("Check", item => new ReportCell(item.Result.Title)),
                ("Row", item => new ReportCell(item.Example.Position.ToString(CultureInfo.InvariantCulture))),
                ("Value", item => new ReportCell(item.Example.Value ?? "missing")))));
        }

        if (report.Results.Any(result => result.Segments.Count > 0))
        {
            page.Section("Segments", section => AddSegments(section, report));
        }

        return page;
    }

    // A check of the whole table, and one that could not be made, found no row wrong, nor right.
    private static bool CountsRows(CheckResult result) => result.Failed > 0 || (result.Passed && result.Value is null && result.Evaluated > 0);

    private static void AddSegments(ReportSection section, CheckReport report)
    {
        foreach (var result in report.Results.Where(result => result.Segments.Count > 0))
        {
            // The wrong ones first: a long list is cut.
            var shown = result.Segments.OrderBy(segment => segment.Passed).Take(MostSegments).ToArray();
            section.Details($"{result.Title}: {result.Segments.Count} segments", details => details.Table(ReportTable.Of(
                shown,
                ("Segment", segment => new ReportCell(segment.Key ?? "missing")),
                ("Result", segment => new ReportCell(segment.Passed ? "passed" : "failed", segment.Passed ? ReportTone.Good : Tone(result))),
                ("Rows", segment => new ReportCell(segment.Evaluated.ToString("#,0", CultureInfo.InvariantCulture))),
                ("Observed", segment => new ReportCell(segment.Observed)))
                with
            {
                Caption = shown.Length < result.Segments.Count ? $"The first {shown.Length}, wrong ones first" : null,
            }));
        }
    }

    private static ReportTone Tone(CheckResult result) =>
        result.Passed ? ReportTone.Good : result.Severity == CheckSeverity.Warning ? ReportTone.Warning : ReportTone.Bad;
}
