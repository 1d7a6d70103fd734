namespace MlOps.Monitoring;

/// <summary>The values of one input over a window: numbers (NaN is missing) or texts (null is missing).</summary>
internal sealed record InputColumn(string Name, double[]? Numbers, string?[]? Texts);
