using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary>A data version as JSON shows it.</summary>
internal sealed record DataVersionDocument
{
    public required string Name { get; init; }

    public required int Number { get; init; }

    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long? RowCount { get; init; }

    public string? Message { get; init; }

    public bool? IsNew { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    public static DataVersionDocument Of(DataVersion version) => new()
    {
        Name = version.Name,
        Number = version.Number,
        Hash = version.Hash.Value,
        CreatedAt = version.CreatedAt,
        RowCount = version.RowCount,
        Message = version.Message,
        Files = [.. version.Files.Select(file => file.Path)],
    };
}
