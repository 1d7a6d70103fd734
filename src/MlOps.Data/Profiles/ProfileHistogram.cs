namespace MlOps.Data;

/// <summary>How the numbers of a column are spread, estimated from a quantile sketch.</summary>
/// <param name="Edges">Rising; one more than there are counts. A bin holds what is above its lower edge and at most its upper; the first holds the minimum as well.</param>
/// <param name="Counts">The estimated values of each bin; they add up to the values that are not missing.</param>
public sealed record ProfileHistogram(IReadOnlyList<double> Edges, IReadOnlyList<double> Counts);
