namespace MlOps.Reports.Charts;

/// <summary>One group of bars of a <see cref="BarChart"/>: a value for each category.</summary>
/// <param name="Name">What the group is called in the legend.</param>
/// <param name="Values">One value a category, in their order; NaN and infinities get no bar.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> Values);
