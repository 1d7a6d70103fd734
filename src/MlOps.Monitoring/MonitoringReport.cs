using System.Globalization;
using MlOps.Reports;
using MlOps.Reports.Charts;

namespace MlOps.Monitoring;

/// <summary>Shows how a model fared over its windows.</summary>
public static class MonitoringReport
{
    private static readonly string[] Losses = ["log_loss", "brier", "mae", "rmse"];

    /// <summary>Makes the report: the windows, performance, drift by column, and predicted against observed share over time.</summary>
    /// <param name="model">The model's name, for the title.</param>
    /// <param name="windows">The judged windows, in any order.</param>
    /// <param name="events">Promotions, retrainings and the like, drawn into the charts.</param>
    public static Report Create(string model, IReadOnlyList<MonitoringWindow> windows, IReadOnlyList<MonitoringEvent>? events = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentNullException.ThrowIfNull(windows);
        var ordered = windows.OrderBy(window => window.Start).ToList();
        var happened = (events ?? []).OrderBy(item => item.At).ToList();
        var metric = MetricOf(ordered);
        var report = new Report($"Monitoring of {model}");
        if (ordered.Count > 0)
        {
            report.Subtitle(Invariant(
                $"{ordered.Count} windows, {ordered[0].Start:yyyy-MM-dd} to {ordered[^1].End:yyyy-MM-dd}, {ordered.Sum(window => window.Predictions):N0} predictions"));
        }

        report.Section("Windows", section => AddWindows(section, ordered, metric));
        if (happened.Count > 0)
        {
            report.Section("Events", section => section.Table(ReportTable.Of(
                happened,
                ("At", item => Invariant($"{item.At:yyyy-MM-dd HH:mm}")),
                ("Event", item => item.Label),
                ("What happened", item => item.Description))));
        }

        var lines = happened.Select(item => new ChartEvent(item.At, item.Label)).ToList();
        AddPerformance(report, ordered, metric, lines);
        AddDrift(report, ordered, lines);
        AddShares(report, ordered, lines);
        return report;
    }

    private static void AddWindows(ReportSection section, List<MonitoringWindow> windows, string? metric)
    {
        var alerts = windows.Sum(window => window.Alerts.Count);
        section.Text(
            alerts == 0 ? "No rule was broken." : Invariant($"{alerts} alerts in {windows.Count(window => window.Alerts.Count > 0)} windows."),
            alerts == 0 ? ReportTone.Good : ReportTone.Bad);
        section.Table(ReportTable.Of<MonitoringWindow>(
            windows,
            ("Window", window => Invariant($"{window.Start:yyyy-MM-dd}")),
            ("Versions", window => string.Join(", ", window.ModelVersions.Select(version => Invariant($"v{version}")))),
            ("Predictions", window => window.Predictions),
            ("Outcomes", window => window.Outcomes),
            ("Label share", window => ReportCell.Number(Value(window, "label_share"), "0.0 %")),
            (Title(metric ?? "performance"), window => MetricCell(window, metric)),
            ("Threshold", window => ReportCell.Number(metric is null ? null : Value(window, $"{metric}_threshold"), "0.0000")),
            ("Drift", DriftCell),
            ("Alerts", AlertCell)));
        section.Details("Verdicts", details => details.Table(ReportTable.Of<MonitoringWindow>(
            windows,
            ("Window", window => Invariant($"{window.Start:yyyy-MM-dd}")),
            ("Verdict", window => window.Verdict))));
        var messages = windows.SelectMany(window => window.Alerts.Select(alert => (window.Start, alert))).ToList();
        if (messages.Count > 0)
        {
            section.Details("Alerts", details => details.Table(ReportTable.Of<(DateTimeOffset Start, MonitorAlert Alert)>(
                messages,
                ("Window", item => Invariant($"{item.Start:yyyy-MM-dd}")),
                ("Rule", item => item.Alert.Rule),
                ("Message", item => item.Alert.Message))));
        }
    }

    private static void AddPerformance(Report report, List<MonitoringWindow> windows, string? metric, List<ChartEvent> events)
    {
        if (metric is null)
        {
            return;
        }

        var series = new List<LineSeries> { Line(Title(metric), windows, window => Value(window, metric)) };
        AddIfAny(series, "95 % lower", windows, $"{metric}_lower");
        AddIfAny(series, "95 % upper", windows, $"{metric}_upper");
        AddIfAny(series, "Threshold", windows, $"{metric}_threshold");
        report.Section("Performance", section => section.Chart(new LineChart
        {
            Title = $"{Title(metric)} by window",
            Description = "Lower is better. An alert needs the whole lower 95 % bound above the threshold.",
            Series = series,
            Events = events,
        }));
    }

    private static void AddDrift(Report report, List<MonitoringWindow> windows, List<ChartEvent> events)
    {
        var columns = windows
            .SelectMany(window => window.Columns)
            .GroupBy(column => column.Column, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count(column => column.HasDrift))
            .ThenByDescending(group => group.Max(column => column.Effect))
            .Select(group => group.Key)
            .Take(8)
            .ToList();
        if (columns.Count == 0)
        {
            return;
        }

        report.Section("Drift", section => section.Chart(new LineChart
        {
            Title = "Difference from the baseline by column",
            Description = "0 is the baseline of the version that answered, 1 is nothing in common.",
            Series = [.. columns.Select(name => Line(name, windows, window => EffectOf(window, name)))],
            Events = events,
            FromZero = true,
        }));
    }

    private static void AddShares(Report report, List<MonitoringWindow> windows, List<ChartEvent> events)
    {
        if (!windows.Any(window => window.Performance.ContainsKey("label_share")))
        {
            return;
        }

        report.Section("Calibration over time", section => section.Chart(new LineChart
        {
            Title = "Predicted and observed share",
            Description = "Apart means that the model is too high or too low on average.",
            Unit = "%",
            Series =
            [
                Line("Observed", windows, window => 100 * Value(window, "label_share")),
                Line("Predicted", windows, window => 100 * Value(window, "predicted_share")),
            ],
            Events = events,
        }));
    }

    private static ReportCell MetricCell(MonitoringWindow window, string? metric)
    {
        if (metric is null || Value(window, metric) is not { } value)
        {
            return ReportCell.Empty;
        }

        var alerted = window.Alerts.Any(alert => alert.Rule == "performance");
        var above = Value(window, $"{metric}_threshold") is { } threshold && value > threshold;
        return ReportCell.Number(value, "0.0000", alerted ? ReportTone.Bad : above ? ReportTone.Warning : ReportTone.Neutral);
    }

    private static ReportCell DriftCell(MonitoringWindow window)
    {
        if (window.Columns.Count == 0)
        {
            return "not judged";
        }

        var drifted = window.Columns.Where(column => column.HasDrift).OrderByDescending(column => column.Effect).ToList();
        if (drifted.Count == 0)
        {
            return ReportCell.Good("none");
        }

        var text = string.Join(", ", drifted.Take(3).Select(column => column.Column));
        return ReportCell.Warning(
            drifted.Count > 3 ? Invariant($"{text} + {drifted.Count - 3}") : text, string.Join("\n", drifted.Select(column => column.Reason)));
    }

    private static ReportCell AlertCell(MonitoringWindow window) => window.Alerts.Count == 0
        ? ReportCell.Empty
        : ReportCell.Bad(
            string.Join(", ", window.Alerts.Select(alert => alert.Rule)), string.Join("\n", window.Alerts.Select(alert => alert.Message)));

    private static void AddIfAny(List<LineSeries> series, string name, List<MonitoringWindow> windows, string key)
    {
        if (windows.Any(window => window.Performance.ContainsKey(key)))
        {
            series.Add(Line(name, windows, window => Value(window, key)));
        }
    }

    private static LineSeries Line(string name, List<MonitoringWindow> windows, Func<MonitoringWindow, double?> value) =>
        LineSeries.Of(name, windows.Select(window => (window.Start, value(window) ?? double.NaN)));

    /// <summary>The loss that a rule watched, or the first that was measured.</summary>
    private static string? MetricOf(List<MonitoringWindow> windows) =>
        Losses.FirstOrDefault(name => windows.Any(window => window.Performance.ContainsKey($"{name}_threshold")))
        ?? Losses.FirstOrDefault(name => windows.Any(window => window.Performance.ContainsKey(name)));

    private static double? EffectOf(MonitoringWindow window, string column) =>
        window.Columns.FirstOrDefault(finding => finding.Column == column)?.Effect;

    private static double? Value(MonitoringWindow window, string key) =>
        window.Performance.TryGetValue(key, out var value) ? value : null;

    private static string Title(string metric) => metric switch
    {
        "log_loss" => "Log loss",
        "brier" => "Brier score",
        "mae" => "Mean absolute error",
        "rmse" => "Root mean squared error",
        _ => metric,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
