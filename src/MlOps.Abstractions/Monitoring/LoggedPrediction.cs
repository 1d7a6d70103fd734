namespace MlOps.Monitoring;

/// <summary>A recorded prediction with its outcome, without its inputs.</summary>
/// <param name="Id">The prediction.</param>
/// <param name="ModelVersion">The version that answered.</param>
/// <param name="Timestamp">The event's time.</param>
/// <param name="Score">What was predicted.</param>
/// <param name="Outcome">What happened; null while it is not known.</param>
public sealed record LoggedPrediction(string Id, int ModelVersion, DateTimeOffset Timestamp, double Score, double? Outcome);
