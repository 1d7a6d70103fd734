namespace MlOps.Reports.Charts;

/// <summary>Something that happened, drawn as a vertical line with its label on top (<c>v2 promoted</c>).</summary>
/// <param name="At">When, on the axis of the chart.</param>
/// <param name="Label">What happened.</param>
/// <param name="Tone">Its colour.</param>
public sealed record ChartEvent(ChartX At, string Label, ReportTone Tone = ReportTone.Neutral);
