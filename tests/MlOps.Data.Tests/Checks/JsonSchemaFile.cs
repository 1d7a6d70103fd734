using System.Text.Json;

namespace MlOps.Data.Tests.Checks;

/// <summary>As much of JSON Schema (2020-12) as the published schemas use; a word that it does not know is an error of the schema.</summary>
internal sealed class JsonSchemaFile
{
    private readonly JsonElement _root;

    private JsonSchemaFile(JsonElement root) => _root = root;

    public static JsonSchemaFile Load(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "docs", "schemas", name)))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException(name);
        }

        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "docs", "schemas", name)));
        return new JsonSchemaFile(document.RootElement.Clone());
    }

    public IReadOnlyList<string> Errors(JsonElement value) => [.. Errors(_root, value, "$")];

    /// <summary>The values that a property may have, over all alternatives.</summary>
    public IEnumerable<string> Constants(string property) => Alternatives(property).SelectMany(Values);

    /// <summary>What the alternative with this value of a property requires.</summary>
    public IEnumerable<string> Required(string property, string value) => Alternatives(property)
        .Where(property => Values(property).Contains(value, StringComparer.Ordinal)).Select(found => found.Owner)
        .SelectMany(owner => owner.GetProperty("required").EnumerateArray().Select(name => name.GetString()!));

    private static IEnumerable<string> Values((JsonElement Owner, JsonElement Property) found) => found.Property.TryGetProperty("const", out var constant)
        ? [constant.GetString()!]
        : found.Property.GetProperty("enum").EnumerateArray().Select(value => value.GetString()!);

    private IEnumerable<(JsonElement Owner, JsonElement Property)> Alternatives(string property) =>
        _root.GetProperty("$defs").GetProperty("check").GetProperty("oneOf").EnumerateArray()
            .Select(alternative => (alternative, alternative.GetProperty("properties").GetProperty(property)));

    private List<string> Errors(JsonElement schema, JsonElement value, string path)
    {
        List<string> errors = [];
        foreach (var word in schema.EnumerateObject())
        {
            errors.AddRange(word.Name switch
            {
                "$schema" or "$id" or "$defs" or "title" or "description" or "default" or "properties" => [],
                "$ref" => Errors(_root.GetProperty("$defs").GetProperty(word.Value.GetString()!.Split('/')[^1]), value, path),
                "type" => Is(word.Value.GetString()!, value) ? [] : [$"{path} is no {word.Value}"],
                "const" => JsonElement.DeepEquals(word.Value, value) ? [] : [$"{path} is not {word.Value}"],
                "enum" => word.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? [] : [$"{path} is none of {word.Value}"],
                "required" => word.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path} lacks {name}"),
                "additionalProperties" => Members(schema, word.Value, value, path),
                "items" => value.EnumerateArray().SelectMany((item, i) => Errors(word.Value, item, $"{path}[{i}]")),
                "minItems" => value.GetArrayLength() >= word.Value.GetInt32() ? [] : [$"{path} is too short"],
                "minLength" => value.GetString()!.Length >= word.Value.GetInt32() ? [] : [$"{path} is too short"],
                "minimum" => value.GetDouble() >= word.Value.GetDouble() ? [] : [$"{path} is too small"],
                "exclusiveMinimum" => value.GetDouble() > word.Value.GetDouble() ? [] : [$"{path} is too small"],
                "maximum" => value.GetDouble() <= word.Value.GetDouble() ? [] : [$"{path} is too large"],
                "oneOf" => One(word.Value, value, path),
                "anyOf" => word.Value.EnumerateArray().Any(one => Errors(one, value, path).Count == 0) ? [] : [$"{path} matches none of {word.Value}"],
                var other => [$"the schema says '{other}'"],
            });
            if (errors.Count > 0)
            {
                return errors;
            }
        }

        return errors;
    }

    private IEnumerable<string> Members(JsonElement schema, JsonElement others, JsonElement value, string path)
    {
        Assert.Equal(JsonValueKind.False, others.ValueKind);
        var known = schema.GetProperty("properties");
        return value.EnumerateObject().SelectMany(member => known.TryGetProperty(member.Name, out var own)
            ? Errors(own, member.Value, $"{path}.{member.Name}")
            : [$"{path} has no {member.Name}"]);
    }

    private string[] One(JsonElement alternatives, JsonElement value, string path)
    {
        var matches = alternatives.EnumerateArray().Count(alternative => Errors(alternative, value, path).Count == 0);
        return matches == 1 ? [] : [$"{path} matches {matches} alternatives: {value}"];
    }

    private static bool Is(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value.GetDouble() % 1 == 0,
        _ => false,
    };
}
