namespace MlOps.Statistics;

/// <summary>A frequent value, with the bounds on how often it came.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">How often it came at the most.</param>
/// <param name="Error">By how much <paramref name="Count"/> may be too high; 0 when it is exact.</param>
public readonly record struct HeavyHitter(string Value, long Count, long Error);
