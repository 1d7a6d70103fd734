using System.Text.Json.Nodes;

namespace MlOps.Data.Tests.Schemas;

public sealed class SchemaJsonSchemaTests
{
    private static readonly DataSchemaColumn Full = new()
    {
        Name = "all",
        Type = ColumnKind.Text,
        MissingShare = 0.25,
        Values = ["a", "b"],
        MinLength = 1,
        MaxLength = 2,
        Pattern = "^[ab]$",
        Unique = true,
        LessThan = "other",
        Classification = DataClassification.Personal,
    };

    private static readonly DataSchema Schema = new()
    {
        Name = "published",
        Columns =
        [
            Full,
            new() { Name = "other", Type = ColumnKind.Number, Minimum = 0, Maximum = 2.5 },
            new() { Name = "at", Type = ColumnKind.Time, Earliest = DateTimeOffset.UnixEpoch, Latest = DateTimeOffset.UnixEpoch.AddDays(
                1) },
            new() { Name = "flag", Type = ColumnKind.Boolean },
            new() { Name = "bytes", Type = ColumnKind.Other },
        ],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_published_JSON_schema_accepts_what_is_written_and_knows_no_more()
    {
        var published = await PublishedAsync();
        var written = await WrittenAsync(Schema);
        var used = new HashSet<string>(StringComparer.Ordinal);
        Validate(written, published, published, "$", used);
        var known = published["$defs"]!["column"]!["properties"]!.AsObject().Select(property => property.Key);
        Assert.Equal(
            known.Order(), used.Where(name => name.StartsWith("column.", StringComparison.Ordinal)).Select(name => name[7..]).Order());
    }

    [Theory]
    [InlineData("minimun", "1")]
    [InlineData("missing_share", "2")]
    [InlineData("type", "\"integer\"")]
    [InlineData("classification", "\"secret\"")]
    [InlineData("values", "[1]")]
    [InlineData("max_length", "-1")]
    public async Task The_published_JSON_schema_refuses_what_the_reader_refuses(string name, string value)
    {
        var published = await PublishedAsync();
        var written = await WrittenAsync(Schema);
        written["columns"]![0]![name] = JsonNode.Parse(value);
        Assert.ThrowsAny<Exception>(() => Validate(written, published, published, "$", []));
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "s.json");
        await File.WriteAllTextAsync(path, written.ToJsonString(), Token);
        Assert.Equal(
            ErrorCodes.InvalidConfiguration, (await Assert.ThrowsAsync<MlOpsException>(() => DataSchema.LoadAsync(path, Token))).Code);
    }

    [Fact]
    public async Task A_file_with_everything_reads_back_also_with_the_address_of_its_schema()
    {
        var written = await WrittenAsync(Schema);
        written["$schema"] = "https://example.org/schema.schema.json";
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "s.json");
        await File.WriteAllTextAsync(path, written.ToJsonString(), Token);
        var read = await DataSchema.LoadAsync(path, Token);
        Assert.Equal(Full with { Values = null }, read.Columns[0] with { Values = null });
        Assert.Equal(Full.Values, read.Columns[0].Values);
        Assert.Equal(Schema.Columns.Skip(1), read.Columns.Skip(1));
        Assert.Equal(["all"], read.PersonalColumns);
        Assert.Contains("personal", read.ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("number", "pattern", "\"a\"", "only text")]
    [InlineData("text", "pattern", "\"(\"", "no regular expression")]
    [InlineData("text", "earliest", "\"2020-01-01T00:00:00Z\"", "only times")]
    [InlineData("number", "less_than", "\"nothing\"", "no column here")]
    [InlineData("text", "classification", "\"secret\"", "open or personal")]
    public async Task Constraints_that_cannot_be_are_refused(string type, string name, string value, string message)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "s.json");
        await File.WriteAllTextAsync(
            path, $$"""{"format":1,"name":"a","columns":[{"name":"c","type":"{{type}}","{{name}}":{{value}}}]}""", Token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => DataSchema.LoadAsync(path, Token));
        Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> WrittenAsync(DataSchema schema)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "s.json");
        await schema.SaveAsync(path, Token);
        return JsonNode.Parse(await File.ReadAllTextAsync(path, Token))!;
    }

    private static async Task<JsonNode> PublishedAsync()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlOps.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "docs", "schemas", "schema.schema.json"), Token))!;
    }

    /// <summary>As much of JSON Schema as the published file uses; fails on a word that it does not know.</summary>
    private static void Validate(JsonNode? value, JsonNode rule, JsonNode root, string place, HashSet<string> used)
    {
        foreach (var (word, argument) in rule.AsObject())
        {
            switch (word)
            {
                case "$ref": Validate(value, root["$defs"]![argument!.GetValue<string>()["#/$defs/".Length..]]!, root, place, used); break;
                case "type": Assert.True(IsOf(value, argument!.GetValue<string>()), $"{place} is no {argument}"); break;
                case "const": Assert.Equal(argument!.ToJsonString(), value!.ToJsonString()); break;
                case "enum":
                    Assert.Contains(
                    value!.GetValue<string>(), argument!.AsArray().Select(allowed => allowed!.GetValue<string>())); break;
                case "minimum": Assert.True(value!.GetValue<double>() >= argument!.GetValue<double>(), place); break;
                case "maximum": Assert.True(value!.GetValue<double>() <= argument!.GetValue<double>(), place); break;
                case "minLength": Assert.True(value!.GetValue<string>().Length >= argument!.GetValue<int>(), place); break;
                case "required":
                    Assert.All(argument!.AsArray(), name =>
                    Assert.True(value!.AsObject().ContainsKey(name!.GetValue<string>()), $"{place} lacks {name}")); break;
                case "additionalProperties":
                    Assert.All(value!.AsObject(), property =>
                    Assert.True(rule["properties"]!.AsObject().ContainsKey(property.Key), $"{place}.{property.Key}")); break;
                case "items": Assert.All(value!.AsArray(), (item, i) => Validate(item, argument!, root, $"{place}[{i}]", used)); break;
                case "properties":
                    foreach (var (name, inner) in argument!.AsObject())
                    {
                        if (value!.AsObject().TryGetPropertyValue(name, out var property))
                        {
                            used.Add(place.Contains('[') ? $"column.{name}" : name);
                            Validate(property, inner!, root, $"{place}.{name}", used);
                        }
                    }

                    break;
                case "$schema" or "$defs" or "title" or "description" or "default": break;
                case "format": Assert.Equal("date-time", argument!.GetValue<string>()); break;
                default: Assert.Fail($"The test does not know '{word}'."); break;
            }
        }
    }

    private static bool IsOf(JsonNode? value, string type) => (type, value?.GetValueKind()) switch
    {
        ("object", System.Text.Json.JsonValueKind.Object) or ("array", System.Text.Json.JsonValueKind.Array) or ("string",
            System.Text.Json.JsonValueKind.String)
            or ("number", System.Text.Json.JsonValueKind.Number) => true,
        ("integer", System.Text.Json.JsonValueKind.Number) => value!.AsValue().TryGetValue<int>(out _),
        ("boolean", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => true,
        _ => false,
    };
}
