namespace MlOps.Statistics;

/// <summary>What a test of the maximum mean discrepancy found.</summary>
/// <param name="Statistic">
/// The unbiased estimate of MMD²; about 0 and as often below as above where nothing differs; NaN with fewer than two complete rows a side.
/// </param>
/// <param name="BiasedStatistic">
/// The biased estimate of MMD², the squared distance of the two samples' mean embeddings; never negative.
/// </param>
/// <param name="PValue">The permutation p-value of <paramref name="Statistic"/>, one-sided; 1 where it is undefined.</param>
/// <param name="Bandwidth">The bandwidth σ that the kernel had; NaN where all complete rows are equal and none is needed.</param>
/// <param name="Permutations">The number of random reassignments behind the p-value.</param>
public readonly record struct MmdResult(double Statistic, double BiasedStatistic, double PValue, double Bandwidth, int Permutations);
