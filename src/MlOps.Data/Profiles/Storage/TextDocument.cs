namespace MlOps.Data.Profiles.Storage;

/// <summary>What is kept of texts: readable lengths, and sketches in base64.</summary>
internal sealed record TextDocument
{
    public required long EmptyCount { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public required long TotalLength { get; init; }

    public required byte[] Distinct { get; init; }

    public byte[]? Top { get; init; }

    public required byte[] Patterns { get; init; }
}
