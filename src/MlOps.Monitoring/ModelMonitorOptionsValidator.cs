using Microsoft.Extensions.Options;

namespace MlOps.Monitoring;

/// <summary>Checks each option alone, and then the rules, whose limits depend on each other and on the task.</summary>
internal sealed class ModelMonitorOptionsValidator : IValidateOptions<ModelMonitorOptions>
{
    private static readonly ModelMonitorOptionsAnnotations Annotations = new();

    public ValidateOptionsResult Validate(string? name, ModelMonitorOptions options)
    {
        var alone = Annotations.Validate(name, options);
        if (alone.Failed)
        {
            return ValidateOptionsResult.Fail(alone.Failures.Select(fault => $"The monitor of '{name}': {fault}"));
        }

        var faults = Faults(options).Select(fault => $"The monitor of '{name}': {fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ModelMonitorOptions options)
    {
        if (!Enum.IsDefined(options.Task))
        {
            yield return $"Task is {options.Task}; choose one of {string.Join(", ", Enum.GetNames<PredictionTask>())}.";
        }

        if (options.Drift is not
            {
                Alpha: > 0 and < 1, MinimumEffect: >= 0 and <= 1, MinimumSpreadChange: >= 0, MinimumRepeatedValueChange: >= 0,
                MinimumShare: >= 0 and <= 1, MinimumMissingRateChange: >= 0 and <= 1, MinimumMissingRateFactor: >= 1,
            })
        {
            yield return $"Drift is {options.Drift}; give an Alpha between 0 and 1, both excluded, minimum effects from 0 to 1, "
                + "minimum changes of spread and of a repeated value of 0 or more, and a MinimumMissingRateFactor of 1 or more.";
        }

        if (options.DriftRule is { } drift && (drift.MinimumColumns < 1 || drift.MinimumPredictions < 2))
        {
            yield return $"DriftRule has MinimumColumns {drift.MinimumColumns} and MinimumPredictions {drift.MinimumPredictions}; "
                + "give at least 1 column and 2 predictions.";
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
            yield return $"PerformanceRule has MinimumOutcomes {rule.MinimumOutcomes} and Tolerance {rule.Tolerance}; "
                + "give at least 2 outcomes and a finite tolerance of at least 0.";
        }

        if (rule.Bound is { } bound && (!double.IsFinite(bound) || bound < 0))
        {
            yield return $"PerformanceRule.Bound is {bound}; give a loss of at least 0, or null to compare with the registered metric.";
        }
    }
}
