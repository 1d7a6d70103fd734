namespace MlOps.Data;

/// <summary>No value occurs twice. Judged on data sets alone: one row cannot know.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class UniqueAttribute : Attribute;
