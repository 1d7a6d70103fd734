using MlOps.Reports.Charts;

namespace MlOps.Reports.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_example_of_the_readme_runs()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "drift.html");
            var features = new[] { (Name: "income", Psi: 0.31), (Name: "age", Psi: 0.02) };
            var days = Enumerable.Range(0, 7).Select(day => (new DateTimeOffset(2026, 3, 1 + day, 0, 0, 0, TimeSpan.Zero), 0.83 - (0.004 * day)));
            var promoted = new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);

            var report = new Report("Drift of credit@champion")
                .Subtitle("week of 2026-03-01")
                .Section("Summary", section => section
                    .Text("One of two features drifted.", ReportTone.Warning)
                    .Facts(("Model", "credit/3"), ("Rows", 120_433)))
                .Section("Features", section => section.Table(ReportTable.Of(
                    features,
                    ("feature", row => row.Name),
                    ("PSI", row => ReportCell.Number(row.Psi, "0.00", row.Psi > 0.25 ? ReportTone.Bad : ReportTone.Good)))))
                .Section("Quality", section => section.Chart(new LineChart
                {
                    Title = "AUC per day",
                    Series = [LineSeries.Of("champion", days)],
                    Thresholds = [new(0.80, "alert below 0.80", ReportTone.Bad)],
                    Events = [new(promoted, "v3 promoted")],
                }));

            await report.SaveHtmlAsync(path, TestContext.Current.CancellationToken);
            Console.WriteLine(report);

            Assert.True(File.Exists(path));
            Assert.Contains("120,433", report.ToText(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
