using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOps.Data.Checks.Storage;

/// <summary>Values of a set as JSON.</summary>
internal static class EntryValues
{
    public static IReadOnlyList<JsonElement> Of(IEnumerable<string> texts) => [.. texts.Select(text => Element(JsonValue.Create(text)))];

    public static IReadOnlyList<JsonElement> Of(IEnumerable<double> numbers) => [.. numbers.Select(number => Element(JsonValue.Create(number)))];

    /// <summary>A limit that JSON can hold: none where it is infinite.</summary>
    public static double? Limit(double limit) => double.IsFinite(limit) ? limit : null;

    private static JsonElement Element(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
