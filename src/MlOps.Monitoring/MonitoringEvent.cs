namespace MlOps.Monitoring;

/// <summary>Something that happened to a model and belongs into its picture: a promotion, a retraining, an outage.</summary>
/// <param name="At">When.</param>
/// <param name="Label">A few words for the line in a chart, such as <c>v2 promoted</c>.</param>
/// <param name="Description">A sentence for the table of events; null repeats nothing.</param>
public sealed record MonitoringEvent(DateTimeOffset At, string Label, string? Description = null);
