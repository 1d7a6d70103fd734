using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MlOps.Tracking;

/// <summary>Stores dictionaries and objects with a run, as JSON.</summary>
public static class RunDictionaryExtensions
{
    // Files, not pages: nothing but JSON's own marks has to be escaped.
    internal static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Stores a dictionary as a JSON file.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file, ending with <c>.json</c>, such as <c>config/model.json</c>.</param>
    /// <param name="values">
    /// Texts, numbers, truth values, times, and dictionaries and sequences of them. NaN and the infinities are stored as texts.
    /// </param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="ArgumentException">A value is of a type that has no form in JSON; the message says which one.</exception>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>.</exception>
    public static async Task LogDictionaryAsync(
        this IRun run, string path, IEnumerable<KeyValuePair<string, object?>> values, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(values);
        var normal = JsonPath.Check(path);
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, Indented))
        {
            PlainJson.Write(json, values, "values");
        }

        content.Position = 0;
        await run.LogArtifactAsync(normal, content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores an object as a JSON file, by the type information that the application's serializer context generated.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>.</exception>
    public static async Task LogJsonAsync<T>(
        this IRun run, string path, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(type);
        var normal = JsonPath.Check(path);
        using var content = new MemoryStream();
        await JsonSerializer.SerializeAsync(content, value, type, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        await run.LogArtifactAsync(normal, content, cancellationToken).ConfigureAwait(false);
    }
}
