namespace MlOps.Statistics;

/// <summary>The values that fell in no bin of a histogram.</summary>
/// <param name="Below">Values below the lowest edge.</param>
/// <param name="Above">Values above the highest edge.</param>
/// <param name="Missing">Values that are NaN.</param>
public readonly record struct HistogramRest(long Below, long Above, long Missing);
