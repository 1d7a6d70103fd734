using Microsoft.Extensions.Options;

namespace MlOps.Monitoring;

internal sealed class ModelMonitorOptionsValidator : IValidateOptions<ModelMonitorOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelMonitorOptions options)
    {
        var faults = Faults(options).Select(fault => $"The monitor of '{name}': {fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ModelMonitorOptions options)
    {
        if (options.Window <= TimeSpan.Zero)
        {
            yield return $"Window is {options.Window}; give a positive length such as one day.";
        }

        if (options.OutcomeDelay < TimeSpan.Zero)
        {
            yield return $"OutcomeDelay is {options.OutcomeDelay}; give zero or more.";
        }

        if (options.CoolDown < TimeSpan.Zero)
        {
            yield return $"CoolDown is {options.CoolDown}; give zero or more.";
        }

        if (!Enum.IsDefined(options.Task))
        {
            yield return $"Task is {options.Task}; choose one of {string.Join(", ", Enum.GetNames<PredictionTask>())}.";
        }

        if (options.Drift is not { Alpha: > 0 and < 1, MinimumEffect: >= 0 and <= 1, MinimumMissingRateChange: >= 0 and <= 1 })
        {
            yield return "Drift needs an Alpha between 0 and 1, both excluded, and minimum effects from 0 to 1.";
        }

        if (options.DriftRule is { } drift && (drift.MinimumColumns < 1 || drift.MinimumPredictions < 2))
        {
            yield return "DriftRule needs MinimumColumns of at least 1 and MinimumPredictions of at least 2.";
        }

        if (options.PerformanceRule is not { } rule)
        {
            yield break;
        }

        var losses = WindowPerformance.LossesOf(options.Task);
        if (rule.Metric is { } metric && !losses.Contains(metric, StringComparer.Ordinal))
        {
            yield return $"PerformanceRule.Metric is '{metric}'; for {options.Task} choose one of {string.Join(", ", losses)}.";
        }

        if (rule.MinimumOutcomes < 2 || !double.IsFinite(rule.Tolerance) || rule.Tolerance < 0)
        {
            yield return "PerformanceRule needs MinimumOutcomes of at least 2 and a Tolerance of at least 0.";
        }

        if (rule.Bound is { } bound && (!double.IsFinite(bound) || bound < 0))
        {
            yield return $"PerformanceRule.Bound is {bound}; give a loss of at least 0, or null to compare with the registered metric.";
        }
    }
}
