namespace MlOps.Data;

/// <summary>The number is not infinite. NaN counts as missing, and is judged as that.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FiniteAttribute : Attribute;
