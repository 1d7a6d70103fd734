namespace MlOps.Data.Checks.Storage;

/// <summary>A check that files may hold.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Required">What it must say.</param>
/// <param name="Optional">What it may say.</param>
/// <param name="Add">Adds it to a suite.</param>
internal sealed record CheckKind(string Name, IReadOnlyList<string> Required, IReadOnlyList<string> Optional, Action<CheckEntry, DataChecksBuilder> Add);
