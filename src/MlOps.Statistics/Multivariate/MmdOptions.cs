namespace MlOps.Statistics;

/// <summary>How <see cref="MaximumMeanDiscrepancy"/> tests.</summary>
public sealed class MmdOptions
{
    /// <summary>
    /// The kernel's bandwidth σ in k(x, y) = exp(-‖x - y‖² / 2σ²), in the data's unit; null (the default) takes the median heuristic.
    /// </summary>
    public double? Bandwidth { get; init; }

    /// <summary>
    /// The number of random reassignments behind the p-value, 500 by default; the smallest possible p-value is 1 / (1 + this).
    /// </summary>
    public int Permutations { get; init; } = 500;

    /// <summary>The seed of permutations and subsamples, 0 by default; equal arguments and seeds give equal results.</summary>
    public int Seed { get; init; }
}
