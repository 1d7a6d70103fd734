namespace MlOps.Statistics;

/// <summary>What the test on pooled categories found.</summary>
internal readonly record struct SparseResult(double Statistic, double PValue, double TotalVariation, int DegreesOfFreedom, double SparseShare);
