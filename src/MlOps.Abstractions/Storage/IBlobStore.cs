namespace MlOps.Storage;

/// <summary>Keeps immutable objects by the hash of their bytes: artifacts, model packages, data versions and step outputs.</summary>
/// <remarks>
/// Safe to call from any number of threads and processes. <see cref="PutAsync"/> returns when the object is durable; before that it is not
/// visible at all. Storing the same bytes twice keeps one object.
/// </remarks>
public interface IBlobStore
{
    /// <summary>Stores the stream from its current position to its end.</summary>
    Task<BlobInfo> PutAsync(Stream content, CancellationToken cancellationToken = default);

    /// <summary>Opens an object for reading; the stream is seekable and its bytes have been verified against the hash.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.BlobNotFound"/> or <see cref="ErrorCodes.BlobCorrupt"/>; damaged bytes are never handed out.
    /// </exception>
    Task<Stream> OpenReadAsync(ContentHash hash, CancellationToken cancellationToken = default);

    /// <summary>Says whether an object is there; its bytes are not read.</summary>
    Task<bool> ExistsAsync(ContentHash hash, CancellationToken cancellationToken = default);

    /// <summary>Lists all objects, in no particular order.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes an object; removing one that is not there is not an error.</summary>
    Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken = default);
}
