namespace MlOps.Monitoring;

/// <summary>What really happened, told when it became known.</summary>
/// <param name="PredictionId">The prediction it belongs to.</param>
/// <param name="Value">The truth: 1 or 0 for a classifier, the value for a regressor.</param>
public readonly record struct OutcomeRecord(string PredictionId, double Value);
