using System.Globalization;
using MlOps.Data.Checks.Tables;

namespace MlOps.Data.Checks.History;

/// <summary>What the checks of one run read from a history, and what it adds to it at its end.</summary>
internal sealed class HistoryRun(IMetricHistory history, string name)
{
    private readonly Dictionary<string, (double Value, bool Passed)> _points = new(StringComparer.Ordinal);

    /// <summary>Judges what a test measured by its history; nothing to expect passes unless the strategy says otherwise.</summary>
    /// <param name="rule">The check; measures a metric.</param>
    /// <param name="segment">Names the segment; empty for none.</param>
    /// <param name="outcome">What its test found.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<TableOutcome> JudgeAsync(CheckRule rule, string segment, TableOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Value is not { } value || !double.IsFinite(value))
        {
            return outcome with { Passed = false };
        }

        var strategy = rule.History!;
        var series = $"{name}: {rule.Table!.Metric}{(rule.Condition is { } condition ? $", when {condition.Text}" : "")}{segment}";
        var points = await history.ReadAsync(series, strategy.Runs, cancellationToken).ConfigureAwait(false);
        var needed = Math.Max(strategy.MinimumRuns, strategy.Model.Fewest);
        if (points.Count < needed)
        {
            var words = string.Create(CultureInfo.InvariantCulture, $"{outcome.Observed}, nothing to expect yet: {points.Count} of {needed} runs");
            outcome = outcome with { Passed = outcome.Passed && !strategy.IsRequired, Observed = words };
        }
        else
        {
            var bounds = strategy.Model.Expect(points.Select(point => point.Value).ToArray());
            var expected = new ExpectedRange(bounds.Min, bounds.Max, points.Count);
            outcome = outcome with
            {
                Passed = outcome.Passed && bounds.Allow(value),
                Observed = $"{outcome.Observed}, expected {expected}",
                Expected = expected,
            };
        }

        // Of checks of one metric all have to pass.
        _points[series] = (value, outcome.Passed && (!_points.TryGetValue(series, out var other) || other.Passed));
        return outcome;
    }

    /// <summary>Adds the values of the run.</summary>
    public Task AppendAsync(CheckOptions options, DateTimeOffset at, CancellationToken cancellationToken) => options.HistoryAppend == HistoryAppend.Never
        ? Task.CompletedTask
        : history.AppendAsync(
            [
                .. _points.Where(point => point.Value.Passed || options.HistoryAppend == HistoryAppend.Always).Select(point => new MetricHistoryPoint
                {
                    Series = point.Key,
                    Time = at,
                    Value = point.Value.Value,
                    Reference = options.DataReference,
                }),
            ],
            cancellationToken);
}
