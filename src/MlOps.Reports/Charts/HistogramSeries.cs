namespace MlOps.Reports.Charts;

/// <summary>One distribution of a <see cref="Histogram"/>.</summary>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Edges">The bin edges, rising; one more than there are counts. The first may be -∞ and the last ∞: open ends.</param>
/// <param name="Counts">The weight of each bin, not negative.</param>
public sealed record HistogramSeries(string Name, IReadOnlyList<double> Edges, IReadOnlyList<double> Counts);
