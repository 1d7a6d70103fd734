using MlOps.Storage;

namespace MlOps.Registry;

/// <summary>Stores a model's files and describes them as a <see cref="ModelPackage"/>; what an engine saves a model with.</summary>
/// <remarks>Not safe for concurrent use. Each file is durable in the blob store when its call completes.</remarks>
public sealed class ModelPackageBuilder
{
    private readonly IBlobStore _blobs;
    private readonly SortedDictionary<string, StoredFile> _files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);

    /// <summary>Collects files in a blob store.</summary>
    public ModelPackageBuilder(IBlobStore blobs)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        _blobs = blobs;
    }

    /// <summary>Stores a stream, from its position to its end, as a file of the package; a second file at the same path is refused.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>: the path leaves the package or is taken.</exception>
    public async Task<StoredFile> AddFileAsync(string path, Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var normal = CheckFree(path);
        var file = StoredFile.Create(normal, await _blobs.PutAsync(content, cancellationToken).ConfigureAwait(false));
        _files.Add(file.Path, file);
        return file;
    }

    /// <summary>Stores bytes as a file of the package; a second file at the same path is refused.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>: the path leaves the package or is taken.</exception>
    public async Task<StoredFile> AddFileAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        return await AddFileAsync(path, stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes over a file that already lies in the blob store, such as one of another package.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>: the path leaves the package or is taken.</exception>
    public ModelPackageBuilder AddStored(StoredFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var normal = CheckFree(file.Path);
        _files.Add(normal, file with { Path = normal });
        return this;
    }

    /// <summary>Notes a fact, such as the engine's version; the last value of a name counts.</summary>
    public ModelPackageBuilder AddMetadata(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        _metadata[name] = value;
        return this;
    }

    /// <summary>Describes what was added.</summary>
    /// <param name="flavor">The engine that loads it, such as <c>mlnet</c> or <c>onnx</c>.</param>
    /// <param name="entryPoint">The path, among the added files, that the engine opens.</param>
    /// <param name="signature">What the model takes and gives.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidName"/>: no file was added at the entry point.</exception>
    public ModelPackage Build(string flavor, string entryPoint, ModelSignature signature)
    {
        ArgumentException.ThrowIfNullOrEmpty(flavor);
        ArgumentNullException.ThrowIfNull(signature);
        var normal = StoredFile.CheckPath(entryPoint);
        if (!_files.ContainsKey(normal))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidName,
                $"The entry point '{entryPoint}' of the {flavor} model package is none of its files ({string.Join(", ", _files.Keys)}): add it first.");
        }

        return new ModelPackage
        {
            Flavor = flavor,
            EntryPoint = normal,
            Files = [.. _files.Values],
            Signature = signature,
            Metadata = new Dictionary<string, string>(_metadata),
        };
    }

    private string CheckFree(string path)
    {
        var normal = StoredFile.CheckPath(path);
        return _files.ContainsKey(normal)
            ? throw new MlOpsException(ErrorCodes.InvalidName, $"The model package already has a file '{normal}': give the second one another path.")
            : normal;
    }
}
