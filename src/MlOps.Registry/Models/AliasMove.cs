using System.Text.Json;

namespace MlOps.Registry;

/// <summary>The evidence of an audit entry that moved an alias: what a roll-back goes by.</summary>
internal sealed record AliasMove
{
    public required string Alias { get; init; }

    public int? From { get; init; }

    public required int To { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, RegistryJson.Default.AliasMove);

    /// <summary>Reads evidence of any action; null when it is not of a move.</summary>
    public static AliasMove? Read(string? evidence)
    {
        if (evidence is null || !evidence.StartsWith("{\"alias\":", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(evidence, RegistryJson.Default.AliasMove);
        }
        catch (JsonException)
        {
            // Another writer's evidence is none of ours.
            return null;
        }
    }
}
