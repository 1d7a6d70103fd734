namespace MlOps.Registry;

/// <summary>A condition that a model version meets before an alias moves to it.</summary>
public interface IPromotionGate
{
    /// <summary>Judges a candidate; a refusal is a result and not an exception.</summary>
    ValueTask<GateResult> EvaluateAsync(PromotionCandidate candidate, CancellationToken cancellationToken = default);
}
