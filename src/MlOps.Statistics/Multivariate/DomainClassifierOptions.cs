namespace MlOps.Statistics;

/// <summary>How <see cref="DomainClassifier"/> tests.</summary>
public sealed class DomainClassifierOptions
{
    /// <summary>What tells the samples apart, <see cref="GradientBoostedTrees"/> by default.</summary>
    public IDomainClassifier Classifier { get; init; } = new GradientBoostedTrees();

    /// <summary>The number of parts that rows are split into, 5 by default; fewer where a sample has under two rows a part.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>
    /// The number of random relabellings behind the p-value, each with a full cross-validation; 0 (the default) takes a normal p-value by
    /// DeLong's variance instead.
    /// </summary>
    public int Permutations { get; init; }

    /// <summary>The seed of folds and relabellings, 0 by default; equal arguments and seeds give equal results.</summary>
    public int Seed { get; init; }
}
