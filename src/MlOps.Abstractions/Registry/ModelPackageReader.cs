using MlOps.Storage;

namespace MlOps.Registry;

/// <summary>Opens the files of a model package; what an engine loads a model from.</summary>
public sealed class ModelPackageReader
{
    private readonly IBlobStore _blobs;

    /// <summary>Reads a package's files from a blob store.</summary>
    public ModelPackageReader(ModelPackage package, IBlobStore blobs)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(blobs);
        Package = package;
        _blobs = blobs;
    }

    /// <summary>The package.</summary>
    public ModelPackage Package { get; }

    /// <summary>Opens a file of the package; its bytes have been verified.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ModelCorrupt"/> when the package has no such file or its bytes are damaged.</exception>
    public async Task<Stream> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        var file = Package.Files.FirstOrDefault(file => string.Equals(file.Path, path, StringComparison.Ordinal))
            ?? throw new MlOpsException(
                ErrorCodes.ModelCorrupt,
                $"The {Package.Flavor} model package has no file '{path}'; it has: {string.Join(", ", Package.Files.Select(file => file.Path))}.");
        try
        {
            return await _blobs.OpenReadAsync(file.Hash, cancellationToken).ConfigureAwait(false);
        }
        catch (MlOpsException error) when (error.Code is ErrorCodes.BlobCorrupt or ErrorCodes.BlobNotFound)
        {
            throw new MlOpsException(
                ErrorCodes.ModelCorrupt,
                $"The model file '{path}' cannot be used: {error.Message} Register the model again from its run, or restore the store.",
                error);
        }
    }
}
