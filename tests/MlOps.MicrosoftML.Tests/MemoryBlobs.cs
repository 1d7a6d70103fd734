using System.Collections.Concurrent;
using MlOps.Storage;

namespace MlOps.MicrosoftML.Tests;

internal sealed class MemoryBlobs : IBlobStore
{
    private readonly ConcurrentDictionary<ContentHash, byte[]> _blobs = new();

    public async Task<BlobInfo> PutAsync(Stream content, CancellationToken cancellationToken = default)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        var hash = ContentHash.Of(copy.ToArray());
        _blobs[hash] = copy.ToArray();
        return new BlobInfo(hash, copy.Length);
    }

    public Task<Stream> OpenReadAsync(ContentHash hash, CancellationToken cancellationToken = default) =>
        Task.FromResult<Stream>(new MemoryStream(_blobs[hash], writable: false));

    public Task<bool> ExistsAsync(ContentHash hash, CancellationToken cancellationToken = default) => Task.FromResult(_blobs.ContainsKey(hash));

    public IAsyncEnumerable<BlobInfo> ListAsync(CancellationToken cancellationToken = default) =>
        _blobs.Select(pair => new BlobInfo(pair.Key, pair.Value.Length)).ToAsyncEnumerable();

    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        _blobs.TryRemove(hash, out _);
        return Task.CompletedTask;
    }
}
