namespace MlOps.Statistics;

/// <summary>Counts of the same categories on both sides, in an order that depends on their names alone.</summary>
/// <param name="Reference">The counts in the reference.</param>
/// <param name="Current">The counts now.</param>
/// <param name="Overflow">Current values in new categories beyond those counted one by one.</param>
internal readonly record struct CategoryCells(long[] Reference, long[] Current, long Overflow);
