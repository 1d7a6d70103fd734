namespace MlOps.Data.Profiles.Storage;

/// <summary>A column of a profile file as written; one of the last four members is there, by its type.</summary>
internal sealed record ColumnDocument
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required long Count { get; init; }

    public required long MissingCount { get; init; }

    public bool Personal { get; init; }

    public NumberDocument? Number { get; init; }

    public TextDocument? Text { get; init; }

    public TimeDocument? Time { get; init; }

    public long? TrueCount { get; init; }
}
