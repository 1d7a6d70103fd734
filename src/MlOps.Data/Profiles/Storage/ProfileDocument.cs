namespace MlOps.Data.Profiles.Storage;

/// <summary>A profile file as written.</summary>
internal sealed record ProfileDocument
{
    public required int Format { get; init; }

    public required string Name { get; init; }

    public required long RowCount { get; init; }

    public required IReadOnlyList<ColumnDocument> Columns { get; init; }

    public CorrelationDocument? Correlations { get; init; }
}
