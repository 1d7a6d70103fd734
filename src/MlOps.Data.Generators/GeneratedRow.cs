namespace MlOps.Data.Generators;

/// <summary>What became of one type: its source, unless an error stands in the way, and what there is to say.</summary>
internal sealed record GeneratedRow(string File, string? Source, EquatableArray<Finding> Findings);
