using System.Globalization;
using MlOps.Reports;
using MlOps.Reports.Charts;

namespace MlOps.Data.Profiles;

/// <summary>Writes a profile as a document.</summary>
internal static class DataProfileReport
{
    private const int LongestShown = 24;

    public static Report Summary(DataProfile profile)
    {
        var report = new Report($"Profile of {profile.Name}").Subtitle(string.Create(CultureInfo.InvariantCulture, $"{profile.RowCount:#,0} rows, {profile.Columns.Count} columns"));
        return report.Section("Columns", section => section.Table(ReportTable.Of(
            profile.Columns,
            ("Column", column => new ReportCell(column.Name)),
            ("Type", column => new ReportCell(column.Type.ToString())),
            ("Missing", column => new ReportCell(column.MissingCount == 0 ? "0" : column.MissingShare.ToString("0.##%", CultureInfo.InvariantCulture))),
            ("Distinct", column => new ReportCell(column.Distinct?.ToString("#,0", CultureInfo.InvariantCulture) ?? "")),
            ("Min", column => new ReportCell(Number(column.Minimum))),
            ("Median", column => new ReportCell(column.Quantiles.Count == 0 ? "" : Number(column.Quantiles[2].Value))),
            ("Mean", column => new ReportCell(Number(column.Mean))),
            ("Max", column => new ReportCell(Number(column.Maximum))),
            ("Values", column => new ReportCell(Values(column))))));
    }

    public static Report Full(DataProfile profile)
    {
        var report = Summary(profile);
        foreach (var column in profile.Columns)
        {
            if (column.Histogram is { } histogram)
            {
                report.Section(column.Name, section => section
                    .Facts([.. Facts(column)])
                    .Chart(new Histogram { Title = column.Name, XLabel = column.Name, Distribution = new HistogramSeries(column.Name, histogram.Edges, histogram.Counts) }));
            }
            else if (column.TopValues.Count > 0)
            {
                report.Section(column.Name, section => section.Chart(new BarChart
                {
                    Title = $"Most frequent values of {column.Name}",
                    Categories = [.. column.TopValues.Select(value => Shown(value.Value))],
                    Series = [new BarSeries("Rows", [.. column.TopValues.Select(value => (double)value.Count)])],
                    Horizontal = true,
                }));
            }
        }

        return report;
    }

    private static IEnumerable<(string Name, ReportCell Value)> Facts(ColumnProfile column)
    {
        yield return ("Standard deviation", new ReportCell(Number(column.StandardDeviation)));
        foreach (var (probability, value) in column.Quantiles)
        {
            yield return (probability.ToString("0%", CultureInfo.InvariantCulture) + " quantile", new ReportCell(Number(value)));
        }
    }

    private static string Values(ColumnProfile column) => column switch
    {
        { Earliest: { } earliest, Latest: { } latest } => $"{earliest.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} to {latest.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        { TrueShare: { } share } => share.ToString("0.#%", CultureInfo.InvariantCulture) + " true",
        { TopValues.Count: > 0 } => string.Join(", ", column.TopValues.Take(3).Select(value => Shown(value.Value))),
        _ => "",
    };

    private static string Shown(string text) => text.Length <= LongestShown ? text : text[..(LongestShown - 1)] + "…";

    private static string Number(double? value) => value?.ToString("G5", CultureInfo.InvariantCulture) ?? "";
}
