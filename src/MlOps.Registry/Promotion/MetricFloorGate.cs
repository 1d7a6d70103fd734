using System.Globalization;

namespace MlOps.Registry;

/// <summary>Lets a candidate pass whose metric reaches a floor, such as an area under the curve of 0.7.</summary>
public sealed class MetricFloorGate : IPromotionGate
{
    private readonly string _metric;
    private readonly double _floor;

    /// <summary>Creates a gate; a metric that is missing or NaN does not pass.</summary>
    public MetricFloorGate(string metric, double floor)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        _metric = metric;
        _floor = floor;
    }

    /// <inheritdoc/>
    public ValueTask<GateResult> EvaluateAsync(PromotionCandidate candidate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var name = $"{_metric} floor";
        if (!candidate.Metrics.TryGetValue(_metric, out var value) && !candidate.Version.Metrics.TryGetValue(_metric, out value))
        {
            return new(new GateResult
            {
                Gate = name,
                Passed = false,
                Reason = $"'{_metric}' was not measured: give it in Metrics or register the version with it.",
            });
        }

        var passed = value >= _floor;
        return new(new GateResult
        {
            Gate = name,
            Passed = passed,
            Reason = string.Create(CultureInfo.InvariantCulture, $"{_metric} is {value:G6}, {(passed ? "at least" : "not at least")} {_floor:G6}."),
            Evidence = new Dictionary<string, double> { [_metric] = value, ["floor"] = _floor },
        });
    }
}
