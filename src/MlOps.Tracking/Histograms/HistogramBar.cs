namespace MlOps.Tracking;

/// <summary>How many values lie between two numbers.</summary>
/// <param name="Lower">The lesser number.</param>
/// <param name="Upper">The greater number; the lesser one again for the zeros.</param>
/// <param name="Count">The values between them.</param>
public readonly record struct HistogramBar(double Lower, double Upper, long Count);
