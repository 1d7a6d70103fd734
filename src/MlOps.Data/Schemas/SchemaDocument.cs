namespace MlOps.Data.Schemas;

/// <summary>A schema file as written.</summary>
internal sealed record SchemaDocument
{
    public required int Format { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<SchemaDocumentColumn> Columns { get; init; }
}
