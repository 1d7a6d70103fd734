namespace MlOps.Statistics;

/// <summary>How many trees of which depth are grown, how fast, and the least sum of second derivatives on each side of a split.</summary>
internal readonly record struct TreeShape(int Trees, int Depth, double LearningRate, double LeastLeaf);
