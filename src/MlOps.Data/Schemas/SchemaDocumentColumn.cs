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

    public string? Pattern { get; init; }

    public bool? Unique { get; init; }

    public DateTimeOffset? Earliest { get; init; }

    public DateTimeOffset? Latest { get; init; }

    public string? LessThan { get; init; }

    public string? Classification { get; init; }
}
