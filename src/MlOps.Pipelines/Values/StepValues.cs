using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MlOps.Data;
using MlOps.Storage;

namespace MlOps.Pipelines.Values;

/// <summary>Writes step values to the blob store and reads them back: data sets as Arrow, all else as JSON.</summary>
internal sealed class StepValues(string pipeline, IJsonTypeInfoResolver resolver, IBlobStore blobs)
{
    private const int StreamBufferBytes = 128 * 1024;

    // A context brings its own options, such as naming and number handling; a bare resolver gets the defaults.
    private readonly JsonSerializerOptions? _options = resolver is JsonSerializerContext ? null : new JsonSerializerOptions { TypeInfoResolver = resolver };

    /// <summary>Refuses, before anything runs, a type that could not be stored.</summary>
    public void Require(Type type, string owner)
    {
        if (type != typeof(Dataset) && Find(type) is null)
        {
            throw new MlOpsException(
                ErrorCodes.StepValueUnsupported,
                $"The value of {owner} of the pipeline '{pipeline}' is a {type}, which its JSON context does not know: "
                + $"add [JsonSerializable(typeof({type.Name}))] to {resolver.GetType().Name}.");
        }
    }

    public async Task<ContentHash> WriteAsync(Type type, object? value, CancellationToken cancellationToken)
    {
        if (value is Dataset dataset)
        {
            var path = Path.Combine(Path.GetTempPath(), $"mlops-{Guid.CreateVersion7():N}.arrow");
            var file = new FileStream(
                path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, StreamBufferBytes, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                await StoredDataset.WriteAsync(dataset, file, cancellationToken).ConfigureAwait(false);
                file.Position = 0;
                return (await blobs.PutAsync(file, cancellationToken).ConfigureAwait(false)).Hash;
            }
        }

        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, Find(type)!), writable: false);
        return (await blobs.PutAsync(json, cancellationToken).ConfigureAwait(false)).Hash;
    }

    /// <summary>Reads a value; each reader gets an object of its own.</summary>
    public async Task<object?> ReadAsync(Type type, string name, ContentHash hash, CancellationToken cancellationToken)
    {
        var stream = await blobs.OpenReadAsync(hash, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            // Opening has verified the bytes; a data set reads them when it is read.
            return type == typeof(Dataset)
                ? new Dataset(name, new StoredDataset(name, blobs, hash))
                : await JsonSerializer.DeserializeAsync(stream, Find(type)!, cancellationToken).ConfigureAwait(false);
        }
    }

    private JsonTypeInfo? Find(Type type) => resolver is JsonSerializerContext context
        ? context.GetTypeInfo(type)
        : _options!.TryGetTypeInfo(type, out var found) ? found : null;
}
