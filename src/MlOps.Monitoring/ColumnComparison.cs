namespace MlOps.Monitoring;

/// <summary>One column's raw evidence and effect, before the correction over the window's family.</summary>
/// <param name="Column">The column.</param>
/// <param name="Test">The test.</param>
/// <param name="PValue">The p-value before correction.</param>
/// <param name="Effect">How large the difference is, from 0 to 1.</param>
/// <param name="IsLargeEnough">Whether the effect exceeds the minimum that counts as drift.</param>
/// <param name="Detail">What differs, in a sentence.</param>
internal sealed record ColumnComparison(string Column, string Test, double PValue, double Effect, bool IsLargeEnough, string Detail);
