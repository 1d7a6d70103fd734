using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MlOps.Data;

/// <summary>JSON files that people keep in version control: their format is numbered, and a message says where one is wrong.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>How all of them are written; a context takes options for itself.</summary>
    /// <param name="numbers">Whether NaN and infinities are numbers there.</param>
    public static JsonSerializerOptions Options(JsonNumberHandling numbers = JsonNumberHandling.Strict) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        NumberHandling = numbers,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>All bytes of a file.</summary>
    public static async Task<byte[]> LoadAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var stream = SourceFile.Open(path);
        await using (stream.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes.ToArray();
        }
    }

    /// <summary>Writes a file whole or not at all; one that is there is replaced, and missing folders are made.</summary>
    public static Task SaveAsync(string path, byte[] bytes, CancellationToken cancellationToken) => TargetFile.WriteAsync(
        path,
        async (stream, token) =>
        {
            await stream.WriteAsync(bytes, token).ConfigureAwait(false);
            return bytes.Length;
        },
        cancellationToken);

    /// <summary>The file's bytes, which end with a line feed.</summary>
    public static byte[] Bytes<T>(T document, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(document, type), (byte)'\n'];

    /// <summary>Reads a document of the one format there is.</summary>
    /// <param name="bytes">The file; a byte order mark, comments and trailing commas are allowed.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="format">The newest format.</param>
    /// <param name="where">The file, as a sentence's subject.</param>
    /// <param name="code">The code of what is no such document.</param>
    /// <param name="advice">What to do about it; empty or a sentence.</param>
    public static T Read<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> type, int format, string where, string code, string advice = "")
    {
        // Some editors put a byte order mark first.
        bytes = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        try
        {
            // The format first: a newer file may hold what this release does not know.
            RequireFormat(bytes, format, where);
            return JsonSerializer.Deserialize(bytes.Span, type) ?? throw new JsonException("It holds null.");
        }
        catch (JsonException error)
        {
            var place = error.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $" at line {line + 1}, position {error.BytePositionInLine + 1}") : "";
            throw new MlOpsException(code, $"{where} is wrong{place}: {error.Message}{(advice.Length == 0 ? "" : $" {advice}")}", error);
        }
    }

    private static void RequireFormat(ReadOnlyMemory<byte> bytes, int format, string where)
    {
        using var document = JsonDocument.Parse(bytes, Lenient);
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("format", out var property) && property.ValueKind == JsonValueKind.Number
            && (!property.TryGetInt32(out var found) || found != format))
        {
            throw new MlOpsException(ErrorCodes.InvalidConfiguration, property.GetDouble() > format
                ? $"{where} has the format {property.GetRawText()}, newer than {format}, the newest that this release reads: update the packages."
                : $"{where} has the format {property.GetRawText()}, which never was: it is {format}.");
        }
    }
}
