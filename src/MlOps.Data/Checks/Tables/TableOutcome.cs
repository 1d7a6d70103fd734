namespace MlOps.Data.Checks.Tables;

/// <summary>What a table rule saw.</summary>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Observed">What was seen, in words.</param>
/// <param name="Value">The value that was measured; null where the rule measures none.</param>
internal sealed record TableOutcome(bool Passed, string Observed, double? Value = null);
