namespace MlOps.Data.Checks.Storage;

/// <summary>A check file.</summary>
internal sealed record CheckDocument
{
    public required int Format { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<CheckEntry> Checks { get; init; }
}
