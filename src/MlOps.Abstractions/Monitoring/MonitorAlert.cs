namespace MlOps.Monitoring;

/// <summary>A rule that a window broke.</summary>
/// <param name="Rule">The rule's name, such as <c>drift</c> or <c>performance</c>.</param>
/// <param name="Message">What was expected and what was seen.</param>
public sealed record MonitorAlert(string Rule, string Message);
