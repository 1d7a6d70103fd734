namespace MlOps.Statistics;

/// <summary>An area under the ROC curve with its sampling error.</summary>
/// <param name="Area">The area; NaN unless both classes are present.</param>
/// <param name="StandardError">The square root of DeLong's variance; NaN with fewer than two rows of a class.</param>
/// <param name="Lower">The lower end of the confidence interval, at least 0; NaN where the standard error is.</param>
/// <param name="Upper">The upper end of the confidence interval, at most 1; NaN where the standard error is.</param>
/// <param name="PValueGreater">The one-sided probability of an area at least this large if scores told nothing (area 0.5); 1 where it is undefined.</param>
public readonly record struct RocAucResult(double Area, double StandardError, double Lower, double Upper, double PValueGreater);
