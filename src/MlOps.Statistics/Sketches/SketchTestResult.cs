namespace MlOps.Statistics;

/// <summary>What a test on sketches found, with all that their error leaves open.</summary>
/// <param name="Statistic">Where the statistic of the streams behind the sketches lies.</param>
/// <param name="PValue">Where its p-value lies; from 0 to 1 where a sketch is empty.</param>
/// <param name="Decision">What holds anywhere within the bounds.</param>
public readonly record struct SketchTestResult(StatisticInterval Statistic, StatisticInterval PValue, SketchDecision Decision);
