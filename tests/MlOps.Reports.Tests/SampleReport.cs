using MlOps.Reports.Charts;

namespace MlOps.Reports.Tests;

/// <summary>One report with every kind of block, also the picture that a person looks at when the style changes.</summary>
internal static class SampleReport
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static Report Full() => new Report("Monitoring of credit@champion")
        .Subtitle("2026-03-01 to 2026-03-31, 24 windows of one day")
        .Section("Summary", section => section
            .Text("One feature drifted and the model's AUC fell below its limit after v3 was promoted.", ReportTone.Bad)
            .Text("All windows were complete.")
            .Facts(
                ("Model", "credit/3"),
                ("Rows scored", 1_204_331),
                ("AUC", new ReportCell("0.781", ReportTone.Warning, "95 % interval 0.772 to 0.790")),
                ("Smallest shift seen", 0.0213),
                ("Data", "sha256:4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a")))
        .Section("Quality over time", section => section.Chart(Quality()).Chart(Loss()).Chart(Crowded()))
        .Section("Drift by feature", section => section
            .Table(Features() with { Caption = "All features, worst first" })
            .Chart(Psi())
            .Details("What the tests assume", inner => inner.Text("Bins are fixed at the reference's deciles.").Table(Features())))
        .Section("Distributions", section => section
            .Chart(Income()).Chart(OpenEnds()).Chart(Latency()).Chart(LongNames()));

    public static ReportTable Features() => ReportTable.Of(
        new[] { (Name: "income", Psi: 0.31, P: 1e-9), (Name: "age", Psi: 0.02, P: 0.41), (Name: "city <unknown>", Psi: 0.12, P: 0.03) },
        ("feature", row => row.Name),
        ("PSI", row => ReportCell.Number(row.Psi, "0.00", row.Psi > 0.25 ? ReportTone.Bad : row.Psi > 0.1 ? ReportTone.Warning : ReportTone.Good)),
        ("p-value", row => row.P),
        ("verdict", row => row.Psi > 0.25 ? ReportCell.Bad("drift", "survives Benjamini–Hochberg over 3 tests") : "no drift"));

    private static LineChart Quality()
    {
        var random = new Random(7);
        return new LineChart
        {
            Title = "AUC per day",
            Description = "Labels arrive with a delay of two days.",
            Series =
            [
                LineSeries.Of("champion", Enumerable.Range(0, 30).Select(day =>
                    (Start.AddDays(day), day is > 9 and < 13 ? double.NaN : 0.83 - (day > 18 ? 0.04 : 0) + (random.NextDouble() * 0.015)))),
                LineSeries.Of("challenger", Enumerable.Range(12, 18).Select(day => (Start.AddDays(day), 0.815 + (random.NextDouble() * 0.02)))),
            ],
            YLabel = "AUC",
            Thresholds = [new(0.80, "alert below 0.80", ReportTone.Bad), new(0.805, "warn below 0.805")],
            Events = [new(Start.AddDays(4), "v2 promoted"), new(Start.AddDays(18), "v3 promoted"), new(Start.AddDays(19), "retraining requested"), new(Start.AddDays(29), "rolled back to v2", ReportTone.Bad)],
            Bands = [new(Start.AddDays(9.5), Start.AddDays(12.5), "outage", ReportTone.Warning)],
        };
    }

    private static LineChart Loss() => new()
    {
        Title = "Training loss",
        Series =
        [
            LineSeries.Of("train", Enumerable.Range(0, 20_000).Select(step => 12 * Math.Exp(-step / 4000d) + (0.4 * Math.Abs(Math.Sin(step * 1.7))))),
            LineSeries.Of("validation", Enumerable.Range(0, 20).Select(epoch => (epoch * 1000d, 12.5 * Math.Exp(-epoch / 4.2) + 0.5))),
        ],
        XLabel = "step",
        YLabel = "loss",
        FromZero = true,
    };

    private static LineChart Crowded() => new()
    {
        Title = "Requests per second by region",
        Series = [.. Enumerable.Range(0, 10).Select(region => LineSeries.Of(
            $"region {region} (europe-west)", Enumerable.Range(0, 12).Select(hour => (Start.AddHours(hour * 3), 1200d * (region + 1) + (hour * 37 * (region % 3))))))],
        Unit = "1/s",
        Events = [.. Enumerable.Range(0, 6).Select(index => new ChartEvent(Start.AddHours(10 + (index * 0.7)), $"deployment number {index}"))],
    };

    private static BarChart Psi() => new()
    {
        Title = "Population stability index",
        Categories = ["income", "age", "city", "employment"],
        Series = [new("last week", [0.12, 0.03, 0.08, 0.01]), new("this week", [0.31, 0.02, 0.12, double.NaN])],
        ValueLabel = "PSI",
        Thresholds = [new(0.25, "limit", ReportTone.Bad), new(0.1, "warning")],
    };

    private static BarChart LongNames() => new()
    {
        Title = "Heavy hitters of city",
        Categories = ["Berlin", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, Wales", "Paris", "München"],
        Series = [new("rows", [120_400, 80_250, 40_000, 17])],
        Horizontal = true,
        ValueLabel = "rows",
        Thresholds = [new(100_000, "expected at most")],
    };

    private static BarChart Latency() => new()
    {
        Title = "Change of latency by endpoint",
        Categories = [.. Enumerable.Range(0, 14).Select(index => $"/predict/credit-scoring/{index}")],
        Series = [new("p99", [.. Enumerable.Range(0, 14).Select(index => Math.Round(Math.Sin(index) * 12, 1))])],
        ValueLabel = "change",
        Unit = "ms",
    };

    private static Histogram Income() => new()
    {
        Title = "income: reference and current",
        Distribution = new("current", [.. Enumerable.Range(0, 21).Select(edge => edge * 5000d)], [.. Enumerable.Range(0, 20).Select(bin => Math.Round(900 * Math.Exp(-Math.Pow(bin - 11, 2) / 18)))]),
        Overlay = new("reference", [.. Enumerable.Range(0, 21).Select(edge => edge * 5000d)], [.. Enumerable.Range(0, 20).Select(bin => Math.Round(5000 * Math.Exp(-Math.Pow(bin - 8, 2) / 14)))]),
        XLabel = "income (EUR)",
    };

    private static Histogram OpenEnds() => new()
    {
        Title = "age by reference quantiles",
        Distribution = new("age", [double.NegativeInfinity, 24, 31, 38, 47, 61, double.PositiveInfinity], [110, 95, 102, 99, 80, 140]),
        XLabel = "age (years)",
    };
}
