using System.Globalization;
using MlOps.Statistics;

namespace MlOps.Registry;

/// <summary>Lets a candidate pass that loses less than the incumbent on the same rows: by enough, and by more than luck.</summary>
/// <remarks>
/// Two conditions, effect and evidence: the mean improvement reaches a minimum, and the one-sided p-value of <see cref="PairedPermutation"/>
/// by blocks is at most alpha.
/// </remarks>
public sealed class PairedLossGate : IPromotionGate
{
    /// <summary>Creates a gate on a metric that is chosen here, before any loss is seen.</summary>
    /// <exception cref="ArgumentException">The metric has no name.</exception>
    public PairedLossGate(string metric)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        Metric = metric;
    }

    /// <summary>The metric that the losses must be of.</summary>
    public string Metric { get; }

    /// <summary>The largest one-sided p-value that passes. Default 0.05.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The smallest mean improvement a row that passes, in the metric's unit. Default 0.</summary>
    public double MinimumImprovement { get; init; }

    /// <summary>The number of random sign patterns. Default 10,000.</summary>
    public int Permutations { get; init; } = 10_000;

    /// <summary>The seed of the sign patterns. Default 0.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public ValueTask<GateResult> EvaluateAsync(PromotionCandidate candidate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var name = $"paired {Metric}";
        if (candidate.Losses is not { } losses)
        {
            return new(new GateResult { Gate = name, Passed = false, Reason = "The candidate brought no losses: give Losses on the same rows." });
        }

        if (!string.Equals(losses.Metric, Metric, StringComparison.Ordinal))
        {
            return new(new GateResult
            {
                Gate = name,
                Passed = false,
                Reason = $"The losses are of '{losses.Metric}', but the policy chose '{Metric}' beforehand.",
            });
        }

        var test = PairedPermutation.Test(losses.Incumbent.Span, losses.Candidate.Span, losses.Blocks.Span, Permutations, Seed);
        var enough = test.MeanDifference >= MinimumImprovement;
        var certain = test.PValueGreater <= Alpha;
        var against = candidate.Incumbent is { } incumbent
            ? string.Create(CultureInfo.InvariantCulture, $"version {incumbent}")
            : candidate.Baseline ?? "the baseline";
        return new(new GateResult
        {
            Gate = name,
            Passed = enough && certain,
            Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{Metric} against {against}: better by {test.MeanDifference:G4} a row (95 % {test.Lower:G4} to {test.Upper:G4}; needed {MinimumImprovement:G4}{(enough ? "" : ", not reached")}), one-sided p = {test.PValueGreater:G3} (at most {Alpha:G3}{(certain ? "" : ", not reached")}), {test.Rows} rows in {test.Blocks} blocks."),
            Evidence = new Dictionary<string, double>
            {
                ["mean_improvement"] = test.MeanDifference,
                ["lower_95"] = test.Lower,
                ["upper_95"] = test.Upper,
                ["p_one_sided"] = test.PValueGreater,
                ["alpha"] = Alpha,
                ["minimum_improvement"] = MinimumImprovement,
                ["rows"] = test.Rows,
                ["blocks"] = test.Blocks,
                ["permutations"] = test.Permutations,
            },
        });
    }
}
