using System.Globalization;

namespace MlOps.Registry;

/// <summary>Promotes model versions.</summary>
public static class PromotionExtensions
{
    /// <summary>Evaluates the gates, records the decision with its evidence, and moves the alias when all let the candidate pass.</summary>
    /// <remarks>
    /// The alias moves from <see cref="PromotionCandidate.Incumbent"/> only: where somebody else moved it meanwhile, the comparison was with the
    /// wrong version and the promotion fails. The decision is on record before the alias moves; a refusal is a result and not an exception.
    /// </remarks>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.AliasConflict"/>, <see cref="ErrorCodes.ModelNotFound"/>.</exception>
    public static async Task<PromotionDecision> PromoteAsync(
        this ModelRegistry registry, PromotionCandidate candidate, PromotionPolicy policy, string alias, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(policy);
        var version = candidate.Version;
        var gates = await policy.EvaluateAsync(candidate, cancellationToken).ConfigureAwait(false);
        var refused = gates.Where(gate => !gate.Passed).Select(gate => gate.Gate).ToList();
        var entry = registry.Entry(version.Name, version.Number, refused.Count == 0 ? "promotion-approved" : "promotion-refused", Reason());
        var decision = new PromotionDecision
        {
            Model = version.Name,
            Version = version.Number,
            Alias = alias,
            Incumbent = candidate.Incumbent,
            Baseline = candidate.Baseline,
            Approved = refused.Count == 0,
            Gates = gates,
            Reason = entry.Reason,
            At = entry.At,
        };
        await registry.Audit.AppendAsync(entry with { Evidence = decision.ToJson() }, cancellationToken).ConfigureAwait(false);
        if (decision.Approved && candidate.Incumbent != version.Number)
        {
            await registry.MoveAliasAsync(version.Name, alias, version.Number, candidate.Incumbent, decision.Reason, cancellationToken)
                .ConfigureAwait(false);
        }

        return decision;

        string Reason() => refused.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"All {gates.Count} gates passed.")
            : string.Create(CultureInfo.InvariantCulture, $"{refused.Count} of {gates.Count} gates refused: {string.Join(", ", refused)}.");
    }
}
