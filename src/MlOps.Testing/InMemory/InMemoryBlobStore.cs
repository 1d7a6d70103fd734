using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MlOps.Storage;

namespace MlOps.Testing;

/// <summary>Blobs in the memory of the process, for tests.</summary>
/// <remarks>Safe from many threads; nothing outlives the object.</remarks>
public sealed class InMemoryBlobStore : IBlobStore
{
    private readonly ConcurrentDictionary<ContentHash, byte[]> _blobs = new();

    /// <inheritdoc/>
    public async Task<BlobInfo> PutAsync(Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        var bytes = buffer.ToArray();
        var hash = ContentHash.Of(bytes);
        _blobs.TryAdd(hash, bytes);
        return new BlobInfo(hash, bytes.Length);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(ContentHash hash, CancellationToken cancellationToken = default) =>
        _blobs.TryGetValue(hash, out var bytes)
            ? Task.FromResult<Stream>(new MemoryStream(bytes, writable: false))
            : Task.FromException<Stream>(new MlOpsException(
                ErrorCodes.BlobNotFound, $"The in-memory store has no object {hash}; put it there first."));

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(ContentHash hash, CancellationToken cancellationToken = default) => Task.FromResult(_blobs.ContainsKey(hash));

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var (hash, bytes) in _blobs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new BlobInfo(hash, bytes.Length);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        _blobs.TryRemove(hash, out _);
        return Task.CompletedTask;
    }
}
