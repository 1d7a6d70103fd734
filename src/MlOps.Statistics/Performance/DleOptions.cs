namespace MlOps.Statistics;

/// <summary>How <see cref="Dle"/> learns.</summary>
public sealed class DleOptions
{
    /// <summary>The number of trees for each loss, 50 by default.</summary>
    public int Trees { get; init; } = 50;

    /// <summary>The depth of each tree, from 1 to 7, 3 by default.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>The share of each tree's step that is taken, 0.1 by default.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The level of the confidence bands, 0.95 by default.</summary>
    public double Confidence { get; init; } = 0.95;
}
