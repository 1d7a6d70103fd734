namespace MlOps.Reports.Charts;

/// <summary>A stretch of the horizontal axis, shaded behind the lines (an outage, the reference period).</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Label">What it is.</param>
/// <param name="Tone">Its colour.</param>
public sealed record ChartBand(ChartX From, ChartX To, string Label, ReportTone Tone = ReportTone.Neutral);
