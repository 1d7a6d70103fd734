namespace MlOps.Registry;

/// <summary>The gates that a version passes before it gets an alias.</summary>
public sealed class PromotionPolicy
{
    /// <summary>Creates a policy; gates are evaluated in this order.</summary>
    /// <exception cref="ArgumentException">There is no gate: a policy without one would wave everything through.</exception>
    public PromotionPolicy(params IReadOnlyList<IPromotionGate> gates)
    {
        ArgumentNullException.ThrowIfNull(gates);
        if (gates.Count == 0)
        {
            throw new ArgumentException("A promotion policy needs at least one gate.", nameof(gates));
        }

        Gates = [.. gates];
    }

    /// <summary>The gates, in order.</summary>
    public IReadOnlyList<IPromotionGate> Gates { get; }

    /// <summary>Evaluates every gate, also after one refused; a gate that throws refuses with the error's text.</summary>
    public async Task<IReadOnlyList<GateResult>> EvaluateAsync(PromotionCandidate candidate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var results = new List<GateResult>(Gates.Count);
        foreach (var gate in Gates)
        {
            try
            {
                results.Add(await gate.EvaluateAsync(candidate, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // An unanswered question is no yes, and must not hide the other gates' answers.
                results.Add(new GateResult { Gate = gate.GetType().Name, Passed = false, Reason = $"It could not judge: {error.Message}" });
            }
        }

        return results;
    }
}
