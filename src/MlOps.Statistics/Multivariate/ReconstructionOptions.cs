namespace MlOps.Statistics;

/// <summary>How <see cref="ReconstructionError"/> is fitted.</summary>
public sealed class ReconstructionOptions
{
    /// <summary>The share of variance that the kept components must explain, above 0 and below 1; 0.65 by default, as NannyML's.</summary>
    public double ExplainedVariance { get; init; } = 0.65;

    /// <summary>
    /// The share of reference rows held out of the fit, against whose errors current ones are compared; above 0 and below 1, 0.5 by
    /// default.
    /// </summary>
    public double HeldOutShare { get; init; } = 0.5;

    /// <summary>The seed that draws the rows held out, 0 by default.</summary>
    public int Seed { get; init; }
}
