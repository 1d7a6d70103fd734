using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOps.Data.Checks.Storage;

/// <summary>A check as it stands in a file. What it must and may hold depends on <see cref="Check"/>.</summary>
internal sealed record CheckEntry
{
    [JsonPropertyOrder(-2)]
    public string? Column { get; init; }

    [JsonPropertyOrder(-1)]
    public required string Check { get; init; }

    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The other column of a comparison or an association.</summary>
    public string? Other { get; init; }

    /// <summary>The path of other data, from the folder of the check file on.</summary>
    public string? Data { get; init; }

    /// <summary>The largest difference of equal numbers.</summary>
    public double? Tolerance { get; init; }

    /// <summary>A span of time, ISO 8601 such as <c>PT6H</c>.</summary>
    public string? MaxAge { get; init; }

    /// <summary>A span of time, ISO 8601.</summary>
    public string? ClockSkew { get; init; }

    public double? Alpha { get; init; }

    public double? MinimumEffect { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>The first time allowed, ISO 8601.</summary>
    public string? From { get; init; }

    /// <summary>The last time allowed, ISO 8601.</summary>
    public string? To { get; init; }

    /// <summary>Texts or numbers.</summary>
    public IReadOnlyList<JsonElement>? Values { get; init; }

    public string? Pattern { get; init; }

    /// <summary>What a text contains, or the expression of a row.</summary>
    public string? Text { get; init; }

    public string? Format { get; init; }

    public string? Type { get; init; }

    public double? Probability { get; init; }

    public double? ZScore { get; init; }

    public bool? Strictly { get; init; }

    public bool? Exact { get; init; }

    public bool? Ordered { get; init; }

    /// <summary>The parts of a composition.</summary>
    public IReadOnlyList<CheckEntry>? Checks { get; init; }

    [JsonPropertyOrder(1)]
    public string? Name { get; init; }

    [JsonPropertyOrder(1)]
    public double? Mostly { get; init; }

    [JsonPropertyOrder(1)]
    public HistoryEntry? History { get; init; }

    [JsonPropertyOrder(1)]
    public string? Severity { get; init; }

    [JsonPropertyOrder(1)]
    public string? When { get; init; }

    [JsonPropertyOrder(1)]
    public string? ForEach { get; init; }
}
