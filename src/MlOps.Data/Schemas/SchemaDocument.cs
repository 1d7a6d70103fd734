using System.Text.Json.Serialization;

namespace MlOps.Data.Schemas;

/// <summary>A schema file as written.</summary>
internal sealed record SchemaDocument
{
    /// <summary>What an editor checks the file against; kept by no one else.</summary>
    [JsonPropertyName("$schema")]
    public string? SchemaAddress { get; init; }

    public required int Format { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<SchemaDocumentColumn> Columns { get; init; }
}
