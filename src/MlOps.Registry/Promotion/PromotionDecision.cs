using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace MlOps.Registry;

/// <summary>Whether a version was given an alias, and why.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record PromotionDecision
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The version that asked.</summary>
    public required int Version { get; init; }

    /// <summary>The alias it asked for.</summary>
    public required string Alias { get; init; }

    /// <summary>Where the alias stood; null when it was not set.</summary>
    public int? Incumbent { get; init; }

    /// <summary>What it was compared with when there was no incumbent.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether all gates let it pass.</summary>
    public required bool Approved { get; init; }

    /// <summary>What each gate found, in the policy's order; all of them, also after a refusal.</summary>
    public required IReadOnlyList<GateResult> Gates { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The form that the audit log keeps.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RegistryJson.Default.PromotionDecision);

    /// <summary>Reads the evidence of a <c>promotion-approved</c> or <c>promotion-refused</c> audit entry.</summary>
    /// <exception cref="FormatException">The text is not a decision.</exception>
    public static PromotionDecision FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RegistryJson.Default.PromotionDecision)
                ?? throw new FormatException("The text is the JSON null and no promotion decision.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"The text is no promotion decision: {error.Message}", error);
        }
    }

    /// <summary>The verdict and each gate on a line of its own.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{(Approved ? "APPROVED" : "REFUSED")} models:/{Model}/{Version} as '{Alias}': {Reason}");
        foreach (var gate in Gates)
        {
            text.Append('\n').Append("  ").Append(gate);
        }

        return text.ToString();
    }
}
