namespace MlOps.Data.Schemas;

/// <summary>A column of a schema file as written.</summary>
internal sealed record SchemaDocumentColumn
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public double MissingShare { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public IReadOnlyList<string>? Values { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }
}
