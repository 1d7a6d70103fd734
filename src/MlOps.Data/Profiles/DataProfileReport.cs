using System.Globalization;
using MlOps.Data.Columns;
using MlOps.Reports;
using MlOps.Reports.Charts;

namespace MlOps.Data.Profiles;

/// <summary>Writes a profile as a document.</summary>
internal static class DataProfileReport
{
    private const int LongestShown = 24;
    private const int MostCorrelations = 20;

    public static Report Summary(DataProfile profile)
    {
        var report = new Report($"Profile of {profile.Name}")
            .Subtitle(string.Create(CultureInfo.InvariantCulture, $"{profile.RowCount:#,0} rows, {profile.Columns.Count} columns"));
        return report.Section("Columns", section => section.Table(ReportTable.Of(
            profile.Columns,
            ("Column", column => new ReportCell(column.Name)),
            ("Type", column => new ReportCell(column.Type.ToString())),
            ("Missing", column =>
                new ReportCell(column.MissingCount == 0 ? "0" : column.MissingShare.ToString("0.##%", CultureInfo.InvariantCulture))),
            ("Distinct", column => new ReportCell(column.Distinct?.ToString("#,0", CultureInfo.InvariantCulture) ?? "")),
            ("Min", column => new ReportCell(Extreme(column, column.Minimum))),
            ("Median", column => new ReportCell(column.Quantiles.Count == 0 ? "" : Number(column.Quantiles[2].Value))),
            ("Mean", column => new ReportCell(Number(column.Mean))),
            ("Max", column => new ReportCell(Extreme(column, column.Maximum))),
            ("Values", column => new ReportCell(Values(column))))));
    }

    public static Report Full(DataProfile profile)
    {
        var report = Summary(profile);
        if (profile.Correlations.Count > 0)
        {
            report.Section("Correlations", section => section.Table(ReportTable.Of(
                profile.Correlations.OrderByDescending(
                    pair => double.IsNaN(pair.Coefficient) ? -1 : Math.Abs(pair.Coefficient)).Take(MostCorrelations),
                ("Column", pair => new ReportCell(pair.Left)),
                ("With", pair => new ReportCell(pair.Right)),
                ("Pearson's r", pair =>
                    new ReportCell(double.IsNaN(pair.Coefficient) ? "" : pair.Coefficient.ToString("0.###", CultureInfo.InvariantCulture))),
                ("Rows", pair => pair.Count))));
        }

        foreach (var column in profile.Columns)
        {
            report.Section(column.Name, section => Describe(section, column));
        }

        return report;
    }

    private static void Describe(ReportSection section, ColumnProfile column)
    {
        section.Facts([.. Facts(column)]);
        if (column is { Histogram: { } histogram, IsPersonal: false })
        {
            var middle = NumberHistograms.Middle(column.Numbers!.Quantiles, histogram.Counts.Count);
            if (middle is not null)
            {
                section.Chart(new Histogram
                {
                    Title = $"{column.Name}, from the 1 % to the 99 % quantile",
                    XLabel = column.Name,
                    Distribution = new HistogramSeries(column.Name, middle.Edges, middle.Counts),
                });
            }

            section.Chart(new Histogram
            {
                Title = $"{column.Name}, {(middle is null ? "bins of equal width" : "all values")}",
                XLabel = column.Name,
                Distribution = new HistogramSeries(column.Name, histogram.Edges, histogram.Counts),
            });
            if (middle is null && column.QuantileHistogram is { Counts.Count: > 1 } quantiles)
            {
                section.Chart(new Histogram
                {
                    Title = $"{column.Name}, bins of equal counts",
                    XLabel = column.Name,
                    Distribution = new HistogramSeries(column.Name, quantiles.Edges, quantiles.Counts),
                });
            }
        }

        if (column.TimeHistogram is { } times)
        {
            section.Chart(new BarChart
            {
                Title = $"Rows over {column.Name}",
                Categories =
                [
                    .. times.Edges.SkipLast(1).Select(edge => Time(edge > column.Earliest ? edge : column.Earliest!.Value, times.Edges[^1] - times.Edges[0])),
                ],
                Series = [new BarSeries("Rows", [.. times.Counts.Select(count => (double)count)])],
            });
        }

        if (column.TopValues.Count > 0 && column.Type == ColumnKind.Text)
        {
            section.Chart(new BarChart
            {
                Title = $"Most frequent values of {column.Name}",
                Categories = [.. column.TopValues.Select(value => Shown(value.Value))],
                Series = [new BarSeries("Rows", [.. column.TopValues.Select(value => (double)value.Count)])],
                Horizontal = true,
            });
            section.Table(ReportTable.Of(
                column.Patterns,
                ("Pattern", pattern => new ReportCell(pattern.Value.Length == 0 ? "(empty)" : pattern.Value)),
                ("Rows", pattern => pattern.Count),
                ("Share", pattern =>
                    new ReportCell(((double)pattern.Count / column.Count).ToString("0.##%", CultureInfo.InvariantCulture)))));
        }
    }

    private static IEnumerable<(string Name, ReportCell Value)> Facts(ColumnProfile column)
    {
        yield return ("Values", column.Count);
        yield return ("Missing", column.MissingCount);
        if (column.Distinct is { } distinct)
        {
            yield return ("Distinct", distinct);
        }

        if (column.Mean is not null)
        {
            yield return ("Minimum", new ReportCell(Extreme(column, column.Minimum)));
            foreach (var (probability, value) in column.Quantiles)
            {
                yield return (probability.ToString("0%", CultureInfo.InvariantCulture) + " quantile", new ReportCell(Number(value)));
            }

            yield return ("Maximum", new ReportCell(Extreme(column, column.Maximum)));
            yield return ("Mean", new ReportCell(Number(column.Mean)));
            yield return ("Standard deviation", new ReportCell(Number(column.StandardDeviation)));
            yield return ("Skewness", new ReportCell(Number(column.Skewness)));
            yield return ("Excess kurtosis", new ReportCell(Number(column.Kurtosis)));
            yield return ("Zeros", column.ZeroCount!.Value);
            yield return ("Negative", column.NegativeCount!.Value);
        }

        if (column.MeanLength is not null)
        {
            yield return ("Empty", column.EmptyCount!.Value);
            yield return ("Length", new ReportCell(
                string.Create(CultureInfo.InvariantCulture, $"{column.MinLength} to {column.MaxLength}, mean {column.MeanLength:0.#}")));
        }

        if (column.Earliest is { } earliest)
        {
            yield return ("Earliest", new ReportCell(column.IsPersonal ? Redacted.Text : Time(earliest, TimeSpan.Zero)));
            yield return ("Latest", new ReportCell(column.IsPersonal ? Redacted.Text : Time(column.Latest!.Value, TimeSpan.Zero)));
        }

        if (column.TrueShare is { } share)
        {
            yield return ("True", new ReportCell(share.ToString("0.##%", CultureInfo.InvariantCulture)));
        }
    }

    private static string Values(ColumnProfile column) => column switch
    {
        { IsPersonal: true } => Redacted.Text,
        { Earliest: { } earliest, Latest: { } latest } => $"{Day(earliest)} to {Day(latest)}",
        { TrueShare: { } share } => share.ToString("0.#%", CultureInfo.InvariantCulture) + " true",
        { Type: ColumnKind.Text, TopValues.Count: > 0 } => string.Join(", ", column.TopValues.Take(3).Select(value => Shown(value.Value))),
        _ => "",
    };

    private static string Extreme(ColumnProfile column, double? value) => value is not null && column.IsPersonal ? Redacted.Text : Number(value);

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>As much of a time as a span needs.</summary>
    private static string Time(DateTimeOffset time, TimeSpan span) =>
        time.UtcDateTime.ToString(span > TimeSpan.FromDays(60)
            ? "yyyy-MM-dd" : span > TimeSpan.FromDays(2) ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Shown(string text) => text.Length <= LongestShown ? text : text[..(LongestShown - 1)] + "…";

    private static string Number(double? value) => value?.ToString("G5", CultureInfo.InvariantCulture) ?? "";
}
