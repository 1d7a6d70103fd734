namespace MlOps.Reports.Charts;

/// <summary>A point of a line.</summary>
/// <param name="X">Its place on the horizontal axis.</param>
/// <param name="Y">Its value; NaN breaks the line there, an infinity does too and is counted in a note.</param>
public readonly record struct ChartPoint(ChartX X, double Y);
