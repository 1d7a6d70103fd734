using System.Globalization;
using MlOps.Registry;

namespace MlOps.Monitoring;

/// <summary>Judges one window: reads what was logged, measures, applies the rules and words the verdict.</summary>
internal sealed class WindowJudge
{
    private readonly IPredictionLog _log;
    private readonly IModelRegistry _registry;
    private readonly WindowDrift _drift;

    public WindowJudge(IPredictionLog log, IModelRegistry registry, WindowDrift drift) => (_log, _registry, _drift) = (log, registry, drift);

    public async Task<MonitoringWindow> JudgeAsync(
        string model,
        DateTimeOffset start,
        DateTimeOffset end,
        ModelMonitorOptions options,
        IReadOnlyList<MonitoringWindow> history,
        long lost,
        CancellationToken cancellationToken)
    {
        var rows = await _log.ReadAsync(model, start, end, cancellationToken).ConfigureAwait(false);
        var known = rows.Where(row => row.Outcome is { } outcome && double.IsFinite(outcome) && double.IsFinite(row.Score)).ToList();
        var performance = WindowPerformance.Measure(options.Task, known);
        var notes = new List<string>();
        var broken = new List<MonitorAlert>();
        IReadOnlyList<ColumnFinding> columns = [];
        if (rows.Count == 0)
        {
            notes.Add("no predictions");
        }
        else
        {
            columns = await JudgeDriftAsync(model, start, end, options, rows, notes, broken, cancellationToken).ConfigureAwait(false);
            await JudgePerformanceAsync(model, options, known, performance, notes, broken, cancellationToken).ConfigureAwait(false);
        }

        if (lost > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{lost:N0} predictions were lost since the last judgement"));
        }

        var alerts = broken.Where(alert => !HeldBack(alert, end, options.CoolDown, history, notes)).ToList();
        return new MonitoringWindow
        {
            Model = model,
            Start = start,
            End = end,
            ModelVersions = [.. rows.Select(row => row.ModelVersion).Distinct().Order()],
            Predictions = rows.Count,
            Outcomes = known.Count,
            Columns = columns,
            Performance = performance,
            Alerts = alerts,
            Verdict = Sentence(notes),
        };
    }

    private async Task<IReadOnlyList<ColumnFinding>> JudgeDriftAsync(
        string model,
        DateTimeOffset start,
        DateTimeOffset end,
        ModelMonitorOptions options,
        IReadOnlyList<LoggedPrediction> rows,
        List<string> notes,
        List<MonitorAlert> broken,
        CancellationToken cancellationToken)
    {
        if (options.DriftRule is not { } rule)
        {
            return [];
        }

        var versions = new List<int>();
        foreach (var group in rows.GroupBy(row => row.ModelVersion).OrderBy(group => group.Key))
        {
            if (group.Count() >= rule.MinimumPredictions)
            {
                versions.Add(group.Key);
            }
            else
            {
                notes.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"too few predictions of version {group.Key} to judge drift ({group.Count():N0} of {rule.MinimumPredictions:N0})"));
            }
        }

        if (versions.Count == 0)
        {
            return [];
        }

        var columns = await _drift.CompareAsync(model, start, end, versions, options, cancellationToken).ConfigureAwait(false);
        var drifted = columns
            .Where(column => column.HasDrift && (rule.Columns.Count == 0 || rule.Columns.Contains(column.Column, StringComparer.Ordinal)))
            .OrderByDescending(column => column.Effect)
            .ToList();
        if (drifted.Count == 0)
        {
            notes.Add($"no drift in {columns.Count} columns");
            return columns;
        }

        var names = string.Join(", ", drifted.Select(column => column.Column));
        notes.Add($"drift in {names}");
        if (drifted.Count >= rule.MinimumColumns)
        {
            var reasons = string.Join(" ", drifted.Take(3).Select(column => $"{column.Column}: {column.Reason}"));
            broken.Add(new MonitorAlert("drift", $"{drifted.Count} of {columns.Count} columns drifted from the baseline: {names}. {reasons}"));
        }

        return columns;
    }

    private async Task JudgePerformanceAsync(
        string model,
        ModelMonitorOptions options,
        List<LoggedPrediction> known,
        Dictionary<string, double> performance,
        List<string> notes,
        List<MonitorAlert> broken,
        CancellationToken cancellationToken)
    {
        if (options.PerformanceRule is not { } rule)
        {
            return;
        }

        var metric = rule.Metric ?? WindowPerformance.LossesOf(options.Task)[0];
        if (known.Count < rule.MinimumOutcomes)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture, $"too few outcomes to judge performance ({known.Count:N0} of {rule.MinimumOutcomes:N0})"));
            return;
        }

        if (await ReferenceAsync(options.RegisteredModel ?? model, metric, rule, known, notes, cancellationToken).ConfigureAwait(false) is not { } reference)
        {
            return;
        }

        var threshold = reference * (1 + rule.Tolerance);
        var lower = WindowPerformance.LowerBound(metric, known);
        performance[$"{metric}_threshold"] = threshold;
        var seen = string.Create(CultureInfo.InvariantCulture, $"{metric} {performance[metric]:0.0000}");
        if (lower > threshold)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{seen} is above {threshold:0.0000}"));
            broken.Add(new MonitorAlert("performance", string.Create(
                CultureInfo.InvariantCulture,
                $"{seen} over {known.Count:N0} outcomes; its lower 95 % bound {lower:0.0000} exceeds {threshold:0.0000} (reference {reference:0.0000} + {rule.Tolerance:P0}).")));
        }
        else
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{seen}, within {threshold:0.0000}"));
        }
    }

    /// <summary>The fixed bound, or the versions' registered metric weighted by their outcomes; null with a note where one has none.</summary>
    private async Task<double?> ReferenceAsync(
        string model,
        string metric,
        PerformanceRule rule,
        List<LoggedPrediction> known,
        List<string> notes,
        CancellationToken cancellationToken)
    {
        if (rule.Bound is { } bound)
        {
            return bound;
        }

        var name = rule.ReferenceMetric ?? metric;
        var sum = 0.0;
        foreach (var group in known.GroupBy(row => row.ModelVersion))
        {
            var version = await _registry.FindAsync(new ModelReference { Name = model, Number = group.Key }, cancellationToken).ConfigureAwait(false);
            if (version is null || !version.Metrics.TryGetValue(name, out var value) || !double.IsFinite(value))
            {
                notes.Add($"performance not judged: version {group.Key} was registered without the metric '{name}'");
                return null;
            }

            sum += group.Count() * value;
        }

        return sum / known.Count;
    }

    private static bool HeldBack(
        MonitorAlert alert, DateTimeOffset end, TimeSpan coolDown, IReadOnlyList<MonitoringWindow> history, List<string> notes)
    {
        var last = history
            .Where(window => window.End < end && end - window.End < coolDown && window.Alerts.Any(earlier => earlier.Rule == alert.Rule))
            .MaxBy(window => window.End);
        if (last is null)
        {
            return false;
        }

        notes.Add(string.Create(
            CultureInfo.InvariantCulture, $"alert on {alert.Rule} held back: cool-down after the alert of {last.Start:yyyy-MM-dd}"));
        return true;
    }

    private static string Sentence(List<string> notes)
    {
        var text = notes.Count == 0 ? "measured, no rule set" : string.Join("; ", notes);
        return string.Concat(text[..1].ToUpperInvariant(), text.AsSpan(1), ".");
    }
}
