namespace QuickStart;

/// <summary>The model's answer.</summary>
/// <param name="Probability">That the flight arrives more than 15 minutes late.</param>
internal readonly record struct DelayPrediction(double Probability);
