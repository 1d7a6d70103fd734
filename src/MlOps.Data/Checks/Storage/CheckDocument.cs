using System.Text.Json.Serialization;

namespace MlOps.Data.Checks.Storage;

/// <summary>A check file.</summary>
internal sealed record CheckDocument
{
    /// <summary>Where editors find the JSON Schema; read by nobody else.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public required int Format { get; init; }

    public required string Name { get; init; }

    /// <summary>The columns of personal data.</summary>
    public IReadOnlyList<string>? Personal { get; init; }

    public required IReadOnlyList<CheckEntry> Checks { get; init; }
}
