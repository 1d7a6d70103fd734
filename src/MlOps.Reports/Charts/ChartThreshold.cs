namespace MlOps.Reports.Charts;

/// <summary>A limit, drawn as a dashed line across the chart with its label beside it.</summary>
/// <param name="Value">Where the limit lies on the value axis; not drawn when NaN or infinite.</param>
/// <param name="Label">What it means.</param>
/// <param name="Tone">Its colour.</param>
public sealed record ChartThreshold(double Value, string Label, ReportTone Tone = ReportTone.Warning);
